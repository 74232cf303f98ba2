using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Sessions;

namespace Portal.Tests.Accounts.Profiles;

public sealed class DeletingAccountTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "7.4.2")]
    [Trait("ASVS", "14.2.4")]
    public async Task Deleting_ends_every_session_and_leaves_no_row_that_hangs_on_the_person()
    {
        var (user, person) = await _host.NewPersonAsync();
        using var phone = await _host.BeginSessionAsync(user);
        await _host.Get<IEmailChangeService>().RequestAsync(person, $"wish-of-{user.Id}@example.org", Token);
        List<AccountEvent> heard = [];
        using var hearing = _host.Get<IAccountEvents>().Subscribe(heard.Add);

        var deleted = Assert.IsType<DeletionOutcome.Deleted>(await DeleteAsync(person, $" {user.Email.ToUpperInvariant()} "));

        Assert.Equal(2, deleted.EndedSessions);
        Assert.Null(await _host.FindAsync(user.Id));
        Assert.False(await phone.IsSignedInAsync());
        var ended = heard.OfType<AccountEvent.SessionsEnded>().Single(happened => happened.UserId == user.Id);
        Assert.Equal((2, SessionEndReason.Deleted), (ended.SessionIds.Count, ended.Reason));
        Assert.Equal((0, 0, 0), await _host.QueryAsync(async context => (
            await context.Sessions.CountAsync(row => row.UserId == user.Id, Token),
            await context.OneTimeTokens.CountAsync(row => row.UserId == user.Id, Token),
            await context.LoginInformation.CountAsync(row => row.UserId == user.Id, Token))));
        using var again = await PortalHost.SignInAsync(_host.CreateClient(), user, cancellationToken: Token);
        Assert.Contains("do not match an account", (await again.PageAsync()).Alert());
    }

    [Fact]
    public async Task The_address_gets_a_last_mail_and_may_register_anew()
    {
        var (user, person) = await _host.NewPersonAsync();

        await DeleteAsync(person, user.Email);

        var farewell = await _host.PromisedAsync<AccountMail.Deleted>(user.Email);
        Assert.Equal((null, "Firefox on Linux"), (farewell.UserId, farewell.Occasion.Device));
        Assert.NotEqual(user.Id, (await _host.CreateUserAsync(user.Email)).Id);
    }

    [Fact]
    [Trait("ASVS", "14.2.4")]
    public async Task What_is_personal_goes_from_the_log_and_the_outbox_and_the_events_stay()
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.Get<IEmailChangeService>().RequestAsync(person, $"wish-of-{user.Id}@example.org", Token);
        await _host.QueryAsync(async context =>
        {
            context.OutboxMails.Add(new OutboxMail { Kind = "Welcome", Recipient = user.Email, UserId = user.Id, SentAt = _host.Clock.GetUtcNow(), LastError = user.Email });
            return await context.SaveChangesAsync(Token);
        });

        await DeleteAsync(person, user.Email);

        var events = await _host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == user.Id).OrderBy(row => row.Id).ToListAsync(Token));
        Assert.Equal("account-deleted", events[^1].Kind);
        Assert.Contains(events, row => row.Kind == "email-change-requested");
        Assert.All(events, row => Assert.Equal((null, null, null, null), (row.Ip, row.IpSalt, row.Details, row.DetailsSalt)));
        Assert.Contains(events, row => row.DetailsDigest is not null);
        var sent = await _host.QueryAsync(context => context.OutboxMails.Where(row => row.SentAt != null && row.Recipient == "").ToListAsync(Token));
        Assert.All(sent, row => Assert.Null(row.LastError));
        Assert.Equal(0, await _host.QueryAsync(context => context.OutboxMails.CountAsync(row => row.Recipient == user.Email && row.DueAt == null, Token)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("someone.else@example.org")]
    public async Task Another_address_than_ones_own_deletes_nothing(string typed)
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.AgeAsync(person);

        Assert.IsType<DeletionOutcome.WrongEmail>(await DeleteAsync(person, typed));
        Assert.NotNull(await _host.FindAsync(user.Id));
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task A_session_that_proved_itself_long_ago_deletes_nothing()
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.AgeAsync(person);

        Assert.IsType<DeletionOutcome.NeedsRecentAuthentication>(await DeleteAsync(person, user.Email));
        Assert.NotNull(await _host.FindAsync(user.Id));
        Assert.Empty(await _host.PromisedAsync(user.Email));
    }

    [Fact]
    public async Task An_ended_session_deletes_nothing()
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.EndSessionAsync(person.SessionId()!, Token);

        Assert.IsType<DeletionOutcome.Gone>(await DeleteAsync(person, user.Email));
        Assert.IsType<DeletionOutcome.Gone>(await DeleteAsync(new ClaimsPrincipal(), user.Email));
        Assert.NotNull(await _host.FindAsync(user.Id));
    }

    [Fact]
    public async Task Of_two_administrators_who_delete_themselves_at_once_one_stays()
    {
        await using var host = await OwnAccountHost.StartAsync();
        var people = new[] { await host.NewPersonAsync(roles: RoleNames.Administrator), await host.NewPersonAsync(roles: RoleNames.Administrator) };

        var outcomes = await Task.WhenAll(people.Select(one => Task.Run(() => host.Get<IPrivacyService>().DeleteAsync(one.Person, one.User.Email, Token), Token)));

        Assert.Single(outcomes.OfType<DeletionOutcome.Deleted>());
        Assert.Single(outcomes.OfType<DeletionOutcome.LastAdministrator>());
        Assert.Equal(1, await host.QueryAsync(context => context.UserRoles.CountAsync(Token)));
    }

    [Fact]
    public async Task Who_was_invited_to_administer_and_has_not_come_yet_lets_nobody_go()
    {
        await using var host = await OwnAccountHost.StartAsync();
        var (user, person) = await host.NewPersonAsync(roles: RoleNames.Administrator);
        await host.Get<IUserAdmin>().InviteAsync(new Invitation { Email = "invited@example.org", Roles = [RoleNames.Administrator] }, Operator.CommandLine, Token);

        Assert.IsType<DeletionOutcome.LastAdministrator>(await host.Get<IPrivacyService>().DeleteAsync(person, user.Email, Token));
    }

    [Fact]
    public async Task Deleting_twice_at_once_deletes_once()
    {
        var (user, person) = await _host.NewPersonAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DeleteAsync(person, user.Email), Token)));

        Assert.Single(outcomes.OfType<DeletionOutcome.Deleted>());
        Assert.Equal(3, outcomes.OfType<DeletionOutcome.Gone>().Count());
        Assert.Single(await _host.PromisedAsync(user.Email));
    }

    [Fact]
    public async Task Sign_ins_that_race_a_deletion_leave_no_session_and_no_row()
    {
        var store = _host.Get<SessionStore>();
        for (var round = 0; round < 5; round++)
        {
            var (user, person) = await _host.NewPersonAsync();
            using var start = new Barrier(4);
            var signIns = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                start.SignalAndWait(Token);
                try
                {
                    await store.BeginAsync(user.Id);
                }
                catch (InactiveUserException)
                {
                    // Gone before its turn.
                }
            }, Token)).ToList();

            await Task.WhenAll([.. signIns, Task.Run(async () =>
            {
                start.SignalAndWait(Token);
                Assert.IsType<DeletionOutcome.Deleted>(await DeleteAsync(person, user.Email));
            }, Token)]);

            Assert.Equal(0, await _host.QueryAsync(context => context.Sessions.CountAsync(row => row.UserId == user.Id, Token)));
            Assert.Null(await _host.FindAsync(user.Id));
        }
    }

    private Task<DeletionOutcome> DeleteAsync(ClaimsPrincipal person, string typed) => _host.Get<IPrivacyService>().DeleteAsync(person, typed, Token);
}
