using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Admin;
using Portal.Testing;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Admin;

/// <summary>The moderation of a user's page, on the doors of a running portal.</summary>
public sealed class UserModerationPanelTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    private IUserAdmin Users => _host.Get<IUserAdmin>();

    [Fact]
    public async Task After_too_many_wrong_passwords_a_press_and_a_yes_let_the_password_in_again()
    {
        var user = await _host.CreateUserAsync();
        using var desk = await _host.BeginSessionAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator));
        var person = await _host.PersonAsync(desk);
        await using var circuit = new PanelContext();
        circuit.Services.AddSingleton(Users);
        var before = (await Users.DetailsAsync(user.Email, Token))!;
        await _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.AccessFailedCount, 100), Token));
        var guessed = (await Users.DetailsAsync(user.Email, Token))!;
        Assert.DoesNotContain(ModerationAct.For(before), act => act.Verb == "Let the password in again");
        var panel = circuit.Render<UserModerationPanel>(parameters => parameters.Add(shown => shown.User, guessed).Add(shown => shown.Person, person));

        var asked = panel.Find($"button[aria-label='Let the password in again {user.Email}']").ClickAsync();
        await circuit.PressAsync("Let the password in again");
        await asked;

        Assert.Contains("may sign in with the password in any browser.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.False((await Users.FindAsync(user.Email, Token))!.HasTooManyWrongPasswords);
    }

    [Fact]
    public async Task Each_move_is_made_after_a_yes_and_said_and_the_next_ones_are_offered()
    {
        var user = await _host.CreateUserAsync(isConfirmed: false);
        using var desk = await _host.BeginSessionAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator));
        var person = await _host.PersonAsync(desk);
        await using var circuit = new PanelContext();
        circuit.Services.AddSingleton(Users);
        var before = (await Users.DetailsAsync(user.Email, Token))!;
        var panel = circuit.Render<UserModerationPanel>(parameters => parameters.Add(shown => shown.User, before).Add(shown => shown.Person, person));

        var confirmed = await DoAsync("Confirm address", "counts as confirmed.");
        Assert.Equal((true, false), (confirmed.ConfirmedAt is not null, confirmed.VerifiedAt is not null));
        Assert.NotNull((await DoAsync("Verify", "is verified.")).VerifiedAt);
        var unverified = await DoAsync("Take back verification", "is not verified any more.");
        Assert.Equal((true, true, false), (unverified.IsActive, unverified.ConfirmedAt is not null, unverified.VerifiedAt is not null));
        await Users.DeactivateAsync(user.Email, Operator.CommandLine, Token);
        Assert.True((await DoAsync("Activate", "may sign in.")).IsActive);
        await Users.MoveAsync(user.Email, UserMove.Block, "misuse", Operator.CommandLine, Token);
        var unblocked = await DoAsync("Unblock", "is not blocked any more.");
        Assert.Equal((true, false), (unblocked.IsActive, unblocked.BlockedAt is not null));

        async Task<UserInfo> DoAsync(string verb, string done)
        {
            var now = (await Users.DetailsAsync(user.Email, Token))!;
            panel.Render(parameters => parameters.Add(shown => shown.User, now));
            var asked = panel.Find($"button[aria-label='{verb} {user.Email}']").ClickAsync();
            await circuit.PressAsync(verb);
            await asked;
            Assert.Equal($"{user.Email} {done}", panel.Find("[role=status]").TextContent);
            return (await Users.FindAsync(user.Email, Token))!;
        }
    }
}
