using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Users;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

/// <summary>What a decision about a domain does to the people who are there already.</summary>
public sealed class BlockingDomainsTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private Operator _by = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IDomainAdmin Domains => _host.Get<IDomainAdmin>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _by = await _host.OperatorAsync(await _host.CreateUserAsync("admin@example.net", roles: RoleNames.Administrator));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("ASVS", "7.4.2")]
    public async Task Blocking_blocks_its_people_and_those_of_subdomains_and_ends_their_sessions_and_no_others()
    {
        var (one, below, other) = (await _host.CreateUserAsync("one@shady.example"), await _host.CreateUserAsync("two@mail.shady.example"), await _host.CreateUserAsync("three@notshady.example"));
        using var first = await _host.BeginSessionAsync(one);
        using var second = await _host.BeginSessionAsync(one);
        using var third = await _host.BeginSessionAsync(below);
        using var fourth = await _host.BeginSessionAsync(other);

        Assert.Equal(new DomainEffect(2, new ListTotal(3), 2, 0), await Domains.PreviewAsync("shady.example", "blocked", Token));
        Assert.Equal(3, Assert.IsType<AdminOutcome.Done>(await Domains.SetAsync("shady.example", "blocked", _by, Token)).EndedSessions);

        Assert.False(await first.IsSignedInAsync());
        Assert.False(await second.IsSignedInAsync());
        Assert.False(await third.IsSignedInAsync());
        Assert.True(await fourth.IsSignedInAsync());
        Assert.All([await RowAsync(one), await RowAsync(below)], user => Assert.Equal((false, true, false), (user.IsActive, user.BlockedAt is not null, user.VerifiedAt is not null)));
        Assert.True((await RowAsync(other)).IsActive);
        Assert.Equal(["blocked"], (await _host.QueryAsync(context => context.Sessions.Where(row => row.UserId == one.Id).Select(row => row.EndReason!).Distinct().ToListAsync(Token))));
        Assert.Equal(DomainEffect.None, await Domains.PreviewAsync("shady.example", "blocked", Token));
    }

    [Fact]
    public async Task Stopped_midway_the_others_are_as_they_were_and_stopped_when_all_have_followed_it_is_done()
    {
        await _host.QueryAsync(context => RoleCrowd.AddAsync(context, "no role", 150));
        Task<int> BlockedAsync() => _host.QueryAsync(context => context.Users.CountAsync(user => user.BlockedAt != null, Token));
        using var early = new CancellationTokenSource();
        using var late = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Domains.SetAsync("crowd.example", "blocked", _by, _ => early.Cancel(), early.Token));
        var midway = await BlockedAsync();
        var done = await Domains.SetAsync("crowd.example", "blocked", _by, _ => late.Cancel(), late.Token);

        Assert.InRange(midway, 1, 149);
        Assert.IsType<AdminOutcome.Done>(done);
        Assert.Equal(150, await BlockedAsync());
    }

    [Fact]
    public async Task Who_is_blocked_with_their_domain_is_told_from_who_is_blocked_alone()
    {
        var (one, alone) = (await _host.CreateUserAsync("one@shady.example"), await _host.CreateUserAsync("two@fine.example"));
        await Domains.SetAsync("shady.example", "blocked", _by, Token);
        var users = _host.Get<IUserAdmin>();
        await users.MoveAsync(alone.Email, Portal.Accounts.Credentials.UserMove.Block, "misuse", _by, Token);

        Assert.True((await users.DetailsAsync(one.Email, Token))!.IsDomainBlocked);
        Assert.False((await users.DetailsAsync(alone.Email, Token))!.IsDomainBlocked);
    }

    [Fact]
    public async Task A_subdomain_about_which_something_was_decided_keeps_its_decision_and_one_merely_seen_does_not()
    {
        var (trusted, seen) = (await _host.CreateUserAsync("one@staff.uni.example"), await _host.CreateUserAsync("two@students.uni.example"));
        await Domains.SetAsync("staff.uni.example", "moderated", _by, Token);

        await Domains.SetAsync("uni.example", "blocked", _by, Token);

        Assert.True((await RowAsync(trusted)).IsActive);
        Assert.False((await RowAsync(seen)).IsActive);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _host.CreateUserAsync("three@students.uni.example"));
        await _host.CreateUserAsync("four@staff.uni.example");
    }

    [Fact]
    public async Task Who_confirmed_gets_a_mail_and_the_log_says_who_did_it_and_why()
    {
        var (confirmed, unconfirmed) = (await _host.CreateUserAsync("one@shady.example"), await _host.CreateUserAsync("two@shady.example", isConfirmed: false));

        await Domains.SetAsync("shady.example", "blocked", _by, Token);

        var blocked = await _host.QueryAsync(context => context.AuditEvents.Where(row => row.Kind == "blocked").OrderBy(row => row.SubjectId).ToListAsync(Token));
        Assert.Equal([confirmed.Id, unconfirmed.Id], blocked.Select(row => row.SubjectId!.Value));
        Assert.All(blocked, row => Assert.Equal((_by.UserId, _by.SessionId), (row.ActorId, row.SessionId)));
        Assert.All(blocked, row => Assert.Contains("\"domain\":\"shady.example\"", row.Details, StringComparison.Ordinal));
        Assert.Equal([confirmed.Email], await _host.QueryAsync(context => context.OutboxMails.Where(mail => mail.Kind == "Deactivated").Select(mail => mail.Recipient).ToListAsync(Token)));
    }

    [Fact]
    public async Task Verifying_verifies_who_confirmed_and_nobody_else()
    {
        var (confirmed, unconfirmed, blocked) =
            (await _host.CreateUserAsync("one@uni.example"), await _host.CreateUserAsync("two@uni.example", isConfirmed: false), await _host.CreateUserAsync("three@bad.uni.example"));
        await Domains.SetAsync("bad.uni.example", "blocked", _by, Token);

        Assert.Equal(1, (await Domains.PreviewAsync("uni.example", "verified", Token)).People);
        Assert.IsType<AdminOutcome.Done>(await Domains.SetAsync("uni.example", "verified", _by, Token));

        Assert.Equal(
            (true, false, false),
            ((await RowAsync(confirmed)).VerifiedAt is not null, (await RowAsync(unconfirmed)).VerifiedAt is not null, (await RowAsync(blocked)).VerifiedAt is not null));
    }

    [Fact]
    public async Task More_people_than_fit_one_transaction_are_all_reached_and_counted_right()
    {
        await AddPeopleAsync(230, "many.example");

        List<long> told = [];

        Assert.IsType<AdminOutcome.Done>(await Domains.SetAsync("many.example", "blocked", Operator.CommandLine, told.Add, Token));

        Assert.Equal([100, 200, 230], told);
        Assert.Equal(new UserCountInfo(230, 0, 230, 230, 0, 0, 230), (await Domains.FindAsync("many.example", Token))!.Users);
        Assert.Equal(230, await _host.QueryAsync(context => context.AuditEvents.CountAsync(row => row.Kind == "blocked", Token)));
    }

    [Fact]
    public async Task Deciding_the_same_once_more_goes_on_where_it_broke_off()
    {
        await Domains.SetAsync("broken.example", "blocked", _by, Token);
        await AddPeopleAsync(3, "broken.example");

        Assert.IsType<AdminOutcome.Done>(await Domains.SetAsync("broken.example", "blocked", _by, Token));
        Assert.IsType<AdminOutcome.Unchanged>(await Domains.SetAsync("broken.example", "blocked", _by, Token));
        Assert.Equal(3, (await Domains.FindAsync("broken.example", Token))!.Users.Blocked);
    }

    [Fact]
    public async Task A_block_that_broke_off_is_gone_on_with_but_for_whom_was_let_in_again()
    {
        var early = await _host.CreateUserAsync("early@broken.example");
        await Domains.SetAsync("broken.example", "blocked", _by, Token);
        await _host.Get<IUserAdmin>().ActivateAsync(early.Email, _by, Token);
        await AddPeopleAsync(3, "broken.example");
        await AddPeopleAsync(3, "lifted.example");
        await Domains.SetAsync("lifted.example", "blocked", _by, Token);
        await Domains.SetAsync("lifted.example", "moderated", _by, Token);
        await AddPeopleAsync(1, "mail.lifted.example");

        await _host.Get<BrokenBlocks>().ResumeAsync(Token);

        Assert.Equal((4, 3), await CountsAsync("broken.example"));
        Assert.True((await RowAsync(early)).IsActive);
        Assert.Equal(0, await _host.QueryAsync(context => context.Users.CountAsync(user => user.Domain == "mail.lifted.example" && user.BlockedAt != null, Token)));
        Assert.All(
            await _host.QueryAsync(context => context.AuditEvents.Where(row => row.Kind == "blocked").ToListAsync(Token)),
            row => Assert.Equal((_by.UserId, _by.SessionId), (row.ActorId, row.SessionId)));

        async Task<(int, int)> CountsAsync(string domain) => (await Domains.FindAsync(domain, Token))!.Users is var users ? ((int)users.Users, (int)users.Blocked) : default;
    }

    [Fact]
    public async Task Nobody_blocks_themself_and_the_last_administrator_stays()
    {
        var own = Assert.IsType<AdminOutcome.Refused>(await Domains.SetAsync("example.net", "blocked", _by, Token));

        Assert.Contains("your", own.Errors[0].Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("last administrator who can sign in", Assert.IsType<AdminOutcome.Refused>(await Domains.SetAsync("example.net", "blocked", Operator.CommandLine, Token)).Errors[0].Message, StringComparison.Ordinal);
        Assert.Equal("new", (await Domains.FindAsync("example.net", Token))!.Status);
    }

    [Fact]
    public async Task Of_several_administrators_of_a_domain_those_go_who_are_not_the_last()
    {
        var (one, two) = (await _host.CreateUserAsync("a@shady.example", roles: RoleNames.Administrator), await _host.CreateUserAsync("b@shady.example", roles: RoleNames.Administrator));

        Assert.IsType<AdminOutcome.Done>(await Domains.SetAsync("shady.example", "blocked", Operator.CommandLine, Token));

        Assert.Equal((false, false), ((await RowAsync(one)).IsActive, (await RowAsync(two)).IsActive));
        Assert.True((await _host.QueryAsync(context => context.Users.SingleAsync(user => user.Id == _by.UserId, Token))).IsActive);
    }

    [Fact]
    public async Task A_lifted_block_lets_new_people_in_and_leaves_the_others_blocked()
    {
        var early = await _host.CreateUserAsync("one@shady.example");
        await Domains.SetAsync("shady.example", "blocked", _by, Token);

        await Domains.SetAsync("shady.example", "moderated", _by, Token);

        await _host.CreateUserAsync("two@shady.example");
        Assert.NotNull((await RowAsync(early)).BlockedAt);
    }

    private Task<User> RowAsync(TestUser user) => _host.QueryAsync(context => context.Users.AsNoTracking().SingleAsync(row => row.Id == user.Id, Token));

    private Task<int> AddPeopleAsync(int count, string domain) => _host.QueryAsync(async context =>
    {
        context.Users.AddRange(Enumerable.Range(0, count).Select(i => new User
        {
            Email = $"p{i}@{domain}",
            NormalizedEmail = $"P{i}@{domain}".ToUpperInvariant(),
            Domain = domain,
            ConfirmedAt = DateTimeOffset.UnixEpoch,
        }));
        return await context.SaveChangesAsync(Token);
    });
}
