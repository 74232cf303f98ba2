using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Mail;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Administration;

public sealed class DeletingUsersTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_account_goes_with_its_sessions_and_the_log_keeps_who_and_why_without_what_is_personal()
    {
        var (admin, user) = (await _host.CreateUserAsync(roles: RoleNames.Administrator), await _host.CreateUserAsync());
        using var browser = await _host.BeginSessionAsync(user);

        var outcome = await _host.Get<IUserAdmin>().DeleteAsync(user.Email, "asked for it by letter", await _host.OperatorAsync(admin), cancellationToken: Token);

        Assert.Equal(1, Assert.IsType<AdminOutcome.Done>(outcome).EndedSessions);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Null(await _host.FindAsync(user.Id));
        var rows = (await _host.AuditRowsAsync()).Where(row => row.SubjectId == user.Id).ToList();
        var deleted = Assert.Single(rows, row => row.Kind == AuditKind.AccountDeleted.ToName());
        Assert.Equal(admin.Id, deleted.ActorId);
        Assert.Contains("asked for it by letter", deleted.Details, StringComparison.Ordinal);
        Assert.All(rows.Where(row => row != deleted), row => Assert.Equal((null, null), (row.Ip, row.Details)));
        Assert.Empty((await _host.VerifyAsync()).Faults);
        var mail = (await _host.PromisedAsync(user.Email)).OfType<AccountMail.Deleted>().Single();
        Assert.Null(mail.Occasion.Ip);
    }

    [Fact]
    public async Task Without_a_reason_nothing_is_deleted()
    {
        var user = await _host.CreateUserAsync();

        Assert.IsType<AdminOutcome.Refused>(await _host.Get<IUserAdmin>().DeleteAsync(user.Email, null, Operator.CommandLine, cancellationToken: Token));
        Assert.NotNull(await _host.FindAsync(user.Id));
    }

    [Fact]
    public async Task A_deletion_in_the_middle_of_others_leaves_them_alone()
    {
        var people = new[] { await _host.CreateUserAsync(), await _host.CreateUserAsync(), await _host.CreateUserAsync() };
        await _host.Get<IUserAdmin>().DeleteAsync($"{people[1].Id}", "mistake", Operator.CommandLine, cancellationToken: Token);

        Assert.Equal(
            [people[0].Id, people[2].Id],
            await _host.QueryAsync(context => context.Users.Where(user => people.Select(person => person.Id).Contains(user.Id)).OrderBy(user => user.Id).Select(user => user.Id).ToListAsync(Token)));
    }
}
