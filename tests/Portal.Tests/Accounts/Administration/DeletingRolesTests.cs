using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;

namespace Portal.Tests.Accounts.Administration;

/// <summary>A role that more people have than lose it in one transaction.</summary>
public sealed class DeletingRolesTests : IAsyncLifetime
{
    private const int Crowd = (2 * RoleDeletion.BatchSize) + 50;

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IRoleAdmin Roles => _host.Get<IRoleAdmin>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        await _host.CreateUserAsync("first@elsewhere.example");
        await Roles.CreateAsync("reader", "Reads.", Operator.CommandLine, Token);
        await _host.QueryAsync(context => RoleCrowd.AddAsync(context, "reader", Crowd));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_of_very_many_loses_it_once_and_is_told_and_then_it_is_gone()
    {
        var members = await MembersAsync();
        List<long> heard = [];
        List<long> progress = [];
        using var listening = _host.Get<IAccountEvents>().Subscribe(happened => heard.Add(happened.UserId));

        var outcome = await Roles.DeleteAsync("reader", Operator.CommandLine, progress: progress.Add, cancellationToken: Token);

        Assert.Equal(new AdminOutcome.Done { Members = Crowd }, outcome);
        Assert.Equal([1000, 2000, Crowd], progress);
        Assert.Null(await Roles.FindAsync("reader", Token));
        Assert.Equal(members, heard);
        Assert.Equal(0, await _host.QueryAsync(context => context.Users.CountAsync(user => user.RoleCount != 0, Token)));
        var rows = await _host.AuditRowsAsync();
        Assert.Equal(members, rows.Where(row => row.Kind == AuditKind.RoleTaken.ToName()).Select(row => row.SubjectId!.Value));
        Assert.Contains($"\"members\":{Crowd}", Assert.Single(rows, row => row.Kind == AuditKind.RoleDeleted.ToName()).Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_given_it_meanwhile_loses_it_too_and_what_is_changed_of_it_meanwhile_stops_nothing()
    {
        var version = (await Roles.FindAsync("reader", Token))!.Version;
        var late = (await _host.Get<IUserAdmin>().FindAsync("first@elsewhere.example", Token))!;
        List<Task<AdminOutcome>> meanwhile = [];

        var outcome = await Roles.DeleteAsync("reader", Operator.CommandLine, version, lost =>
        {
            if (lost == RoleDeletion.BatchSize)
            {
                meanwhile.Add(Roles.AddAsync(late.Email, "reader", Operator.CommandLine, Token));
                meanwhile.Add(Roles.EditAsync("reader", new RoleEdit("visitor", "Looks in."), Operator.CommandLine, Token));
            }
        }, Token);

        Assert.Equal([new AdminOutcome.Done(), new AdminOutcome.Done()], await Task.WhenAll(meanwhile));
        Assert.Equal(new AdminOutcome.Done { Members = Crowd + 1 }, outcome);
        Assert.Null(await Roles.FindAsync("visitor", Token));
        Assert.Empty((await _host.Get<IUserAdmin>().FindAsync(late.Email, Token))!.Roles);
        Assert.Equal(0, await _host.QueryAsync(context => context.Users.CountAsync(user => user.RoleCount != 0, Token)));
    }

    [Fact]
    public async Task Stopped_midway_it_stays_with_those_who_are_left_and_asking_again_goes_on()
    {
        using var stop = new CancellationTokenSource();

        var stopped = await Roles.DeleteAsync("reader", Operator.CommandLine, progress: _ => stop.Cancel(), cancellationToken: stop.Token);

        Assert.Equal(new AdminOutcome.Done { Members = 1000, IsStopped = true }, stopped);
        Assert.Equal(Crowd - 1000, (await MembersAsync()).Count);
        Assert.Equal(Crowd - 1000, await _host.QueryAsync(context => context.Users.CountAsync(user => user.RoleCount == 1, Token)));
        Assert.Equal(new AdminOutcome.Done { Members = Crowd - 1000 }, await Roles.DeleteAsync("reader", Operator.CommandLine, cancellationToken: Token));
        Assert.Null(await Roles.FindAsync("reader", Token));
    }

    [Fact]
    public async Task Stopped_before_it_began_nobody_loses_it()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Roles.DeleteAsync("reader", Operator.CommandLine, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(Crowd, (await MembersAsync()).Count);
    }

    [Fact]
    public async Task Who_may_not_administer_any_more_deletes_it_no_further()
    {
        var admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        await _host.CreateUserAsync(roles: RoleNames.Administrator);
        List<Task<AdminOutcome>> meanwhile = [];

        var outcome = await Roles.DeleteAsync(
            "reader",
            await _host.OperatorAsync(admin),
            progress: _ => meanwhile.Add(Roles.RemoveAsync(admin.Email, RoleNames.Administrator, Operator.CommandLine, Token)),
            cancellationToken: Token);

        Assert.Equal([new AdminOutcome.Done()], await Task.WhenAll(meanwhile));
        Assert.Equal(new AdminOutcome.Done { Members = 1000, IsStopped = true, LostTheRight = true }, outcome);
        Assert.Equal(Crowd - 1000, (await MembersAsync()).Count);
    }

    [Fact]
    public async Task Where_it_breaks_off_it_stays_with_those_who_are_left_and_asking_again_goes_on()
    {
        await using var context = await _host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
        await context.Database.OpenConnectionAsync(Token);
        await RoleCrowd.RefuseEndAsync(context.Database.GetDbConnection());

        var broken = await Roles.DeleteAsync("reader", Operator.CommandLine, cancellationToken: Token);

        Assert.Equal(new AdminOutcome.Done { Members = 2000, IsStopped = true }, broken);
        Assert.Equal(50, (await MembersAsync()).Count);
        await RoleCrowd.AllowEndAsync(context.Database.GetDbConnection());
        Assert.Equal(new AdminOutcome.Done { Members = 50 }, await Roles.DeleteAsync("reader", Operator.CommandLine, cancellationToken: Token));
    }

    [Fact]
    public async Task A_thousand_lose_it_with_the_role_or_not_at_all()
    {
        await _host.SqlAsync($"""DELETE FROM "Memberships" WHERE "UserId" IN (SELECT "UserId" FROM "Memberships" ORDER BY "UserId" LIMIT {Crowd - RoleDeletion.BatchSize})""");
        await using var context = await _host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
        await context.Database.OpenConnectionAsync(Token);
        await RoleCrowd.RefuseEndAsync(context.Database.GetDbConnection());

        await Assert.ThrowsAsync<DbUpdateException>(() => Roles.DeleteAsync("reader", Operator.CommandLine, cancellationToken: Token));

        Assert.Equal(1000, (await MembersAsync()).Count);
        Assert.DoesNotContain(await _host.AuditRowsAsync(), row => row.Kind == AuditKind.RoleTaken.ToName());
    }

    private Task<List<long>> MembersAsync() => _host.QueryAsync(context => context.UserRoles
        .Where(member => context.Roles.Any(role => role.Id == member.RoleId && role.Name == "reader"))
        .OrderBy(member => member.UserId).Select(member => member.UserId).ToListAsync(Token));
}
