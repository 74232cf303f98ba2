using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Administration;

/// <summary>Every move from every state: what becomes of the person, their sessions, the log and the mail.</summary>
public sealed class UserStatesTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private readonly PortalHost _host = shared.Host;

    /// <summary>A state in letters: Active, Confirmed, Blocked, Verified; what lacks is a dot.</summary>
    private static readonly string[] States = ["A...", "AC..", "AC.V", "A..V", "....", ".C..", ".CB.", "..B."];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, UserMove, string?> Table
    {
        get
        {
            var table = new TheoryData<string, UserMove, string?>();
            foreach (var from in States)
            {
                foreach (var move in Enum.GetValues<UserMove>())
                {
                    table.Add(from, move, Expected(from, move));
                }
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_move_leads_where_the_table_says(string from, UserMove move, string? to)
    {
        var user = await InStateAsync(from);
        using var browser = from.StartsWith('A') ? await _host.BeginSessionAsync(user) : null;
        var heard = new List<AccountEvent>();
        using var listening = _host.Get<IAccountEvents>().Subscribe(happened => heard.AddRange(happened.UserId == user.Id ? [happened] : []));

        var outcome = await _host.Get<IUserAdmin>().MoveAsync(user.Email, move, "a reason", Operator.CommandLine, Token);

        Assert.Equal(to ?? from, await StateAsync(user));
        var ends = move is UserMove.Deactivate or UserMove.Block;
        if (to is null)
        {
            Assert.IsType<AdminOutcome.Unchanged>(outcome);
            Assert.Empty(heard);
            Assert.DoesNotContain(await DetailsAsync(user), details => details.Contains("a reason", StringComparison.Ordinal));
        }
        else
        {
            Assert.Equal(browser is not null && ends ? 1 : 0, Assert.IsType<AdminOutcome.Done>(outcome).EndedSessions);
            Assert.Contains(new AccountEvent.UserChanged(user.Id), heard);
            Assert.Contains(KindOf(move), await KindsAsync(user));
            Assert.Contains(await DetailsAsync(user), details => Says(details, from, to));
        }

        Assert.Equal(from.StartsWith('A') && !(to is not null && ends), browser is not null && await browser.IsSignedInAsync());
        Assert.Equal(to is not null && ends && from.StartsWith('A') ? 1 : 0, (await _host.PromisedAsync(user.Email)).OfType<AccountMail.Deactivated>().Count());
    }

    [Fact]
    public async Task Blocking_without_a_reason_and_with_a_file_of_one_is_refused()
    {
        var user = await InStateAsync("AC..");

        Assert.IsType<AdminOutcome.Refused>(await _host.Get<IUserAdmin>().MoveAsync(user.Email, UserMove.Block, " ", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await _host.Get<IUserAdmin>().MoveAsync(user.Email, UserMove.Deactivate, new string('x', 501), Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Done>(await _host.Get<IUserAdmin>().MoveAsync(user.Email, UserMove.Block, new string('x', 500), Operator.CommandLine, Token));
    }

    [Fact]
    public async Task Confirming_by_hand_obeys_the_domain()
    {
        var (trusted, refused) = (await InStateAsync("A...", "person@trusted.example"), await InStateAsync("A...", "person@refused.example"));
        await _host.Get<IDomainAdmin>().SetAsync("trusted.example", "verified", Operator.CommandLine, Token);
        await _host.Get<IDomainAdmin>().SetAsync("refused.example", "blocked", Operator.CommandLine, Token);

        Assert.IsType<AdminOutcome.Done>(await _host.Get<IUserAdmin>().MoveAsync(trusted.Email, UserMove.ConfirmEmail, null, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await _host.Get<IUserAdmin>().MoveAsync(refused.Email, UserMove.ConfirmEmail, null, Operator.CommandLine, Token));

        // Blocking a domain reaches who has not confirmed yet, too.
        Assert.Equal(("AC.V", "..B."), (await StateAsync(trusted), await StateAsync(refused)));
    }

    [Fact]
    public async Task Activating_who_never_confirmed_obeys_the_domain_as_confirming_does()
    {
        var (trusted, refused, known) = (await InStateAsync("....", "new@sure.example"), await InStateAsync("....", "new@shut.example"), await InStateAsync(".C..", "old@shut.example"));
        await _host.Get<IDomainAdmin>().SetAsync("sure.example", "verified", Operator.CommandLine, Token);
        await _host.Get<IDomainAdmin>().SetAsync("shut.example", "blocked", Operator.CommandLine, Token);

        Assert.IsType<AdminOutcome.Done>(await ActivateAsync(trusted));
        Assert.IsType<AdminOutcome.Refused>(await ActivateAsync(refused));
        Assert.IsType<AdminOutcome.Done>(await ActivateAsync(known));

        Assert.Equal(("AC.V", "..B.", "AC.."), (await StateAsync(trusted), await StateAsync(refused), await StateAsync(known)));
        Assert.Equal([AuditKind.Activated.ToName(), AuditKind.Verified.ToName()], (await KindsAsync(trusted)).TakeLast(2));

        Task<AdminOutcome> ActivateAsync(TestUser user) => _host.Get<IUserAdmin>().MoveAsync(user.Email, UserMove.Activate, null, Operator.CommandLine, Token);
    }

    private static string? Expected(string from, UserMove move)
    {
        var (active, confirmed, blocked, verified) = (from[0] == 'A', from[1] == 'C', from[2] == 'B', from[3] == 'V');
        var to = move switch
        {
            UserMove.Activate => Letters(true, true, false, verified),
            UserMove.Deactivate => active ? Letters(false, confirmed, false, false) : from,
            UserMove.Block => blocked ? from : Letters(false, confirmed, true, false),
            UserMove.Verify => Letters(true, true, false, true),
            UserMove.Unverify => Letters(active, confirmed, blocked, false),
            _ => Letters(active, true, blocked, verified),
        };
        return to == from ? null : to;
    }

    private static string Letters(bool active, bool confirmed, bool blocked, bool verified) =>
        $"{(active ? 'A' : '.')}{(confirmed ? 'C' : '.')}{(blocked ? 'B' : '.')}{(verified ? 'V' : '.')}";

    private static string KindOf(UserMove move) => (move switch
    {
        UserMove.Activate => AuditKind.Activated,
        UserMove.Deactivate => AuditKind.Deactivated,
        UserMove.Block => AuditKind.Blocked,
        UserMove.Verify => AuditKind.Verified,
        UserMove.Unverify => AuditKind.Unverified,
        _ => AuditKind.EmailConfirmed,
    }).ToName();

    private static bool Says(string details, string from, string to)
    {
        var said = JsonSerializer.Deserialize<JsonElement>(details);
        return said.TryGetProperty("reason", out var reason) && reason.GetString() == "a reason"
            && Read(said.GetProperty("before")) == from && Read(said.GetProperty("after")) == to;

        static string Read(JsonElement state) => Letters(
            state.GetProperty("active").GetBoolean(), state.GetProperty("confirmed").GetBoolean(), state.GetProperty("blocked").GetBoolean(), state.GetProperty("verified").GetBoolean());
    }

    private async Task<TestUser> InStateAsync(string state, string? email = null)
    {
        var user = await _host.CreateUserAsync(email);
        var now = _host.Clock.GetUtcNow();
        await _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(
            row => row
                .SetProperty(found => found.IsActive, state[0] == 'A')
                .SetProperty(found => found.EmailConfirmed, state[1] == 'C')
                .SetProperty(found => found.ConfirmedAt, state[1] == 'C' ? now : null)
                .SetProperty(found => found.BlockedAt, state[2] == 'B' ? now : null)
                .SetProperty(found => found.VerifiedAt, state[3] == 'V' ? now : null),
            Token));
        return user;
    }

    private async Task<string> StateAsync(TestUser user)
    {
        var found = (await _host.FindAsync(user.Id))!;
        Assert.Equal(found.EmailConfirmed, found.ConfirmedAt is not null);
        return Letters(found.IsActive, found.ConfirmedAt is not null, found.BlockedAt is not null, found.VerifiedAt is not null);
    }

    private Task<List<string>> KindsAsync(TestUser user) =>
        _host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == user.Id).Select(row => row.Kind).ToListAsync(Token));

    private Task<List<string>> DetailsAsync(TestUser user) =>
        _host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == user.Id && row.Details != null).Select(row => row.Details!).ToListAsync(Token));
}
