using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

public sealed class UserAdminTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IUserAdmin Users => _host.Get<IUserAdmin>();

    private IRoleAdmin Roles => _host.Get<IRoleAdmin>();

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_account_made_by_an_operator_follows_the_rules_of_registration()
    {
        await _host.Get<IDomainAdmin>().SetAsync("spam.example", "blocked", Operator.CommandLine, Token);
        var taken = await _host.CreateUserAsync();

        await RefusesAsync(new NewUser { Email = "nobody", Password = PortalHost.DefaultPassword }, "Email");
        await RefusesAsync(new NewUser { Email = taken.Email.ToUpperInvariant(), Password = PortalHost.DefaultPassword }, "Email");
        await RefusesAsync(new NewUser { Email = "a@mail.spam.example", Password = PortalHost.DefaultPassword }, "Email");
        await RefusesAsync(new NewUser { Email = "a@example.org", UserName = taken.UserName!.ToUpperInvariant(), Password = PortalHost.DefaultPassword }, "UserName");
        await RefusesAsync(new NewUser { Email = "a@example.org", UserName = "root", Password = PortalHost.DefaultPassword }, "UserName");
        await RefusesAsync(new NewUser { Email = "a@example.org", Password = "short" }, "Password");
        await RefusesAsync(new NewUser { Email = "a@example.org", Password = PortalHost.DefaultPassword, Profile = "[]" }, "Profile");
        await RefusesAsync(new NewUser { Email = "nobody", UserName = "x", Password = "short" }, "Email", "UserName", "Password");
        Assert.IsType<AdminOutcome.NotFound>(await Users.CreateAsync(new NewUser { Email = "a@example.org", Password = PortalHost.DefaultPassword, Roles = ["editor"] }, Operator.CommandLine, Token));
        Assert.Null(await Users.FindAsync("a@example.org", Token));
        Assert.Empty(_host.Mails.All);
    }

    [Fact]
    public async Task Who_is_made_with_roles_at_a_verified_domain_is_verified_as_well()
    {
        await _host.Get<IDomainAdmin>().SetAsync("partner.example", "verified", Operator.CommandLine, Token);
        await Roles.CreateAsync("editors", null, Operator.CommandLine, Token);

        var made = await Users.CreateAsync(
            new NewUser { Email = "ada@partner.example", Password = PortalHost.DefaultPassword, IsActive = true, IsConfirmed = true, Roles = ["editors"] }, Operator.CommandLine, Token);

        Assert.IsType<AdminOutcome.Done>(made);
        var user = (await Users.FindAsync("ada@partner.example", Token))!;
        Assert.Equal(("editors", true), (Assert.Single(user.Roles).Name, user.VerifiedAt is not null));
    }

    [Fact]
    public async Task The_last_active_administrator_is_neither_deactivated_nor_loses_the_role()
    {
        var first = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        var second = await _host.CreateUserAsync(roles: RoleNames.Administrator);

        Assert.IsType<AdminOutcome.Done>(await Users.DeactivateAsync(second.Email, await _host.OperatorAsync(first), Token));
        Assert.IsType<AdminOutcome.Refused>(await Users.DeactivateAsync(first.Email, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await Roles.RemoveAsync(first.Email, "ADMIN", Operator.CommandLine, Token));
        await Users.ActivateAsync(second.Email, Operator.CommandLine, Token);
        Assert.IsType<AdminOutcome.Done>(await Roles.RemoveAsync(first.Email, "admin", Operator.CommandLine, Token));
    }

    [Fact]
    public async Task Of_two_administrators_who_deactivate_each_other_at_once_one_stays()
    {
        var people = new[] { await _host.CreateUserAsync(roles: RoleNames.Administrator), await _host.CreateUserAsync(roles: RoleNames.Administrator) };

        var outcomes = await Task.WhenAll(people.Select(person => Task.Run(() => Users.DeactivateAsync(person.Email, Operator.CommandLine, Token), Token)));

        Assert.Single(outcomes, outcome => outcome is AdminOutcome.Done);
        Assert.Single(outcomes, outcome => outcome is AdminOutcome.Refused);
    }

    [Fact]
    public async Task What_is_so_already_and_who_is_not_there_change_nothing()
    {
        var user = await _host.CreateUserAsync();
        await Users.DeactivateAsync(user.UserName!, Operator.CommandLine, Token);

        Assert.IsType<AdminOutcome.Unchanged>(await Users.DeactivateAsync(user.Email, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Done>(await Users.ActivateAsync($"{user.Id}", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Unchanged>(await Users.ActivateAsync(user.Email, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.NotFound>(await Users.DeactivateAsync("nobody@example.org", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.NotFound>(await Users.ActivateAsync("999999", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.NotFound>(await Roles.AddAsync(user.Email, "editor", Operator.CommandLine, Token));
    }

    [Fact]
    public async Task Roles_are_made_once_and_given_once()
    {
        var user = await _host.CreateUserAsync();

        Assert.IsType<AdminOutcome.Done>(await Roles.CreateAsync("editor", "Edits.", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Unchanged>(await Roles.CreateAsync("Editor", null, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await Roles.CreateAsync(" ", null, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Done>(await Roles.AddAsync(user.Email, "EDITOR", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Unchanged>(await Roles.AddAsync(user.Email, "editor", Operator.CommandLine, Token));
        Assert.Equal("editor", Assert.Single((await Users.FindAsync(user.Email, Token))!.Roles).Name);
        Assert.IsType<AdminOutcome.Done>(await Roles.RemoveAsync(user.Email, "editor", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Unchanged>(await Roles.RemoveAsync(user.Email, "editor", Operator.CommandLine, Token));
    }

    private async Task RefusesAsync(NewUser user, params string[] fields)
    {
        var refused = Assert.IsType<AdminOutcome.Refused>(await Users.CreateAsync(user, Operator.CommandLine, Token));
        Assert.Equal(fields, refused.Errors.Select(error => error.Field).Distinct());
    }
}
