using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Events;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Administration;

public sealed class RoleAdminTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IRoleAdmin Roles => _host.Get<IRoleAdmin>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        await Roles.CreateAsync("curator", "Looks after collections.", Operator.CommandLine, Token);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Roles_are_listed_by_name_with_how_many_have_them()
    {
        await Roles.CreateAsync("editor", null, Operator.CommandLine, Token);
        await _host.CreateUserAsync(roles: ["curator", RoleNames.Administrator]);
        await _host.CreateUserAsync(roles: "curator");

        var first = await Roles.PageAsync(null, new ListWindow { Size = 2 }, Token);
        var second = await Roles.PageAsync(null, new ListWindow { Size = 2, After = first.Next }, Token);
        var found = await Roles.PageAsync("CUR", new ListWindow(), Token);

        Assert.Equal([("admin", 1), ("curator", 2)], first.Results.Select(role => (role.Role.Name, role.Members.Count)));
        Assert.Equal([("editor", 0)], second.Results.Select(role => (role.Role.Name, role.Members.Count)));
        Assert.Equal("curator", Assert.Single(found.Results).Role.Name);
        Assert.True(first.Results[0].IsProtected);
    }

    [Fact]
    public async Task Members_are_paged_by_place_and_candidates_found_by_how_they_begin()
    {
        List<TestUser> members = [];
        for (var i = 0; i < 3; i++)
        {
            members.Add(await _host.CreateUserAsync($"member{i}@example.org", $"holder{i}", roles: "curator"));
        }

        var outsider = await _host.CreateUserAsync("member-to-be@example.org", "other");
        var role = (await Roles.FindAsync("curator", Token))!.Role;

        var first = await Roles.MembersAsync(role.Id, new ListWindow { Size = 2 }, Token);
        var second = await Roles.MembersAsync(role.Id, new ListWindow { Size = 2, After = first.Next }, Token);

        Assert.Equal(members.Select(member => member.Id), first.Results.Concat(second.Results).Select(member => member.UserId));
        Assert.Equal(3, first.Total.Count);
        Assert.Equal(
            [(outsider.Id, false), (members[0].Id, true), (members[1].Id, true), (members[2].Id, true)],
            (await Roles.CandidatesAsync(role.Id, "MEMBER", 10, Token)).Select(person => (person.UserId, person.IsMember)));
        Assert.Equal(members[1].Id, Assert.Single(await Roles.CandidatesAsync(role.Id, "holder1", 10, Token)).UserId);
        Assert.Empty(await Roles.CandidatesAsync(role.Id, "m", 10, Token));
        Assert.Empty(await Roles.CandidatesAsync(role.Id, "%", 10, Token));
        Assert.Equal(2, (await Roles.CandidatesAsync(role.Id, "member", 2, Token)).Count);
    }

    [Fact]
    public async Task Who_comes_second_with_a_change_is_told_and_nothing_is_lost()
    {
        var read = (await Roles.FindAsync("curator", Token))!;
        Assert.IsType<AdminOutcome.Done>(await Roles.EditAsync("curator", new RoleEdit(null, "First.", read.Version), Operator.CommandLine, Token));

        var conflict = Assert.IsType<AdminOutcome.Conflict>(await Roles.EditAsync("curator", new RoleEdit(null, "Second.", read.Version), Operator.CommandLine, Token));

        Assert.Equal([new FieldConflict(RoleEdit.DescriptionField, "First.", "Second.")], conflict.Fields);
        Assert.IsType<AdminOutcome.Done>(await Roles.EditAsync("curator", new RoleEdit(null, "Second.", conflict.Version), Operator.CommandLine, Token));
        Assert.Equal("Second.", (await Roles.FindAsync("curator", Token))!.Role.Description);
    }

    [Fact]
    public async Task A_new_name_reaches_the_members_sessions()
    {
        var user = await _host.CreateUserAsync(roles: "curator");
        using var browser = await _host.BeginSessionAsync(user);

        Assert.IsType<AdminOutcome.Done>(await Roles.EditAsync("curator", new RoleEdit("keeper", null), Operator.CommandLine, Token));

        Assert.True((await _host.PersonAsync(browser)).IsInRole("keeper"));
        Assert.False((await _host.PersonAsync(browser)).IsInRole("curator"));
        await Roles.CreateAsync("taken", null, Operator.CommandLine, Token);
        Assert.IsType<AdminOutcome.Refused>(await Roles.EditAsync("keeper", new RoleEdit("TAKEN", null), Operator.CommandLine, Token));
    }

    [Fact]
    public async Task A_deleted_role_is_taken_from_everybody_who_had_it_and_each_is_told()
    {
        var people = new[] { await _host.CreateUserAsync(roles: "curator"), await _host.CreateUserAsync(roles: "curator") };
        var heard = new List<long>();
        using var listening = _host.Get<IAccountEvents>().Subscribe(happened => heard.Add(happened.UserId));

        Assert.IsType<AdminOutcome.Done>(await Roles.DeleteAsync("curator", Operator.CommandLine, cancellationToken: Token));

        Assert.Null(await Roles.FindAsync("curator", Token));
        Assert.Equal(people.Select(person => person.Id), heard);
        Assert.All(await Task.WhenAll(people.Select(person => _host.Get<IUserAdmin>().FindAsync(person.Email, Token))), person => Assert.Empty(person!.Roles));
        var rows = await _host.AuditRowsAsync();
        Assert.Equal(2, rows.Count(row => row.Kind == AuditKind.RoleTaken.ToName()));
        Assert.Contains("\"members\":2", Assert.Single(rows, row => row.Kind == AuditKind.RoleDeleted.ToName()).Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_of_many_is_deleted_with_one_look_at_whose_session_it_is_and_each_event_has_it()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        var by = await host.OperatorAsync(await host.CreateUserAsync(roles: RoleNames.Administrator));
        async Task<int> LooksAsync(int members)
        {
            await host.Get<IRoleAdmin>().CreateAsync("curator", null, Operator.CommandLine, Token);
            for (var i = 0; i < members; i++)
            {
                await host.CreateUserAsync(roles: "curator");
            }

            counter.Forget();
            Assert.IsType<AdminOutcome.Done>(await host.Get<IRoleAdmin>().DeleteAsync("curator", by, cancellationToken: Token));
            return counter.Commands.Count(command => command.Contains("FROM \"Sessions\"", StringComparison.Ordinal));
        }

        var one = await LooksAsync(1);
        var many = await LooksAsync(4);

        Assert.Equal(one, many);
        Assert.All((await host.AuditRowsAsync()).Where(row => row.Kind == AuditKind.RoleTaken.ToName()), row => Assert.Contains("\"browser\":\"Firefox\"", row.Details, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_administrators_role_and_those_of_other_systems_stay_as_they_are()
    {
        var admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        await _host.QueryAsync(context => context.Roles.Where(role => role.Name == "curator").ExecuteUpdateAsync(row => row.SetProperty(role => role.IsManaged, false), Token));

        foreach (var name in new[] { "admin", "curator" })
        {
            Assert.IsType<AdminOutcome.Refused>(await Roles.EditAsync(name, new RoleEdit("other", null), Operator.CommandLine, Token));
            Assert.IsType<AdminOutcome.Refused>(await Roles.DeleteAsync(name, Operator.CommandLine, cancellationToken: Token));
        }

        Assert.IsType<AdminOutcome.Refused>(await Roles.AddAsync(admin.Email, "curator", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await _host.Get<IUserAdmin>().InviteAsync(new Invitation { Email = "new@example.org", Roles = ["curator"] }, Operator.CommandLine, Token));
        Assert.Null(await _host.Get<IUserAdmin>().FindAsync("new@example.org", Token));
        Assert.IsType<AdminOutcome.NotFound>(await Roles.DeleteAsync("no-such-role", Operator.CommandLine, cancellationToken: Token));
    }
}
