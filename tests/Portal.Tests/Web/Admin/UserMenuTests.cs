using Bunit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Admin;
using Portal.Controls;
using Portal.Testing;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Admin;

/// <summary>The menu of a row in the list of users, on the doors of a running portal.</summary>
public sealed class UserMenuTests(SharedHost shared) : IClassFixture<SharedHost>, IAsyncLifetime
{
    private readonly PortalHost _host = shared.Host;
    private readonly PanelContext _circuit = new();
    private readonly List<UserActReport> _told = [];
    private TestUser _admin = null!;

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    private IUserAdmin Users => _host.Get<IUserAdmin>();

    public async ValueTask InitializeAsync()
    {
        _admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        _circuit.Services.AddSingleton(Users).AddSingleton(_host.Get<EndpointDataSource>());
    }

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Fact]
    public async Task It_offers_the_verbs_of_the_persons_own_page_and_what_is_lost_last_and_with_their_name()
    {
        var user = await _host.CreateUserAsync();

        Assert.Equal(
            ["Verify", "Send reset mail", "Act as this person", $"Deactivate {user.Email}", $"Block {user.Email}", $"Delete {user.Email}"],
            Verbs(await OpenAsync(user)));
    }

    [Fact]
    public async Task Opened_again_it_knows_what_changed_meanwhile_and_offers_no_link_to_who_may_not_sign_in()
    {
        var user = await _host.CreateUserAsync();
        var menu = await OpenAsync(user);
        await Users.DeactivateAsync(user.Email, Operator.CommandLine, Token);

        await FoldAsync(menu, isOpen: false);
        Assert.Empty(Verbs(menu));
        await FoldAsync(menu, isOpen: true);

        Assert.Equal(["Activate", "Verify", $"Block {user.Email}", $"Delete {user.Email}"], Verbs(menu));
    }

    [Fact]
    public async Task Oneself_it_offers_no_loss_and_nobody_to_act_as() => Assert.Equal(["Verify", "Send reset mail"], Verbs(await OpenAsync(_admin)));

    [Fact]
    public async Task Blocking_asks_for_a_reason_and_tells_what_became_of_it()
    {
        var user = await _host.CreateUserAsync();
        var menu = await OpenAsync(user);

        var asked = Press(menu, $"Block {user.Email}");
        _circuit.Dialogs.WaitForAssertion(() => _circuit.Dialogs.Find("textarea"));
        await _circuit.Dialogs.Find("form").SubmitAsync();
        Assert.True((await Users.FindAsync(user.Email, Token))!.IsActive);
        await _circuit.Dialogs.Find("textarea").InputAsync("misuse");
        await _circuit.Dialogs.Find("form").SubmitAsync();
        await asked;

        Assert.NotNull((await Users.FindAsync(user.Email, Token))!.BlockedAt);
        Assert.Equal(new UserActReport($"{user.Email} is blocked.", null), Assert.Single(_told));
    }

    [Fact]
    public async Task A_block_that_came_after_the_menu_opened_is_not_undone_by_it()
    {
        var user = await _host.CreateUserAsync();
        await Users.DeactivateAsync(user.Email, Operator.CommandLine, Token);
        var menu = await OpenAsync(user);
        await Users.MoveAsync(user.Email, UserMove.Block, "misuse", Operator.CommandLine, Token);

        var asked = Press(menu, "Activate");
        await _circuit.PressAsync("Activate");
        await asked;

        Assert.NotNull((await Users.FindAsync(user.Email, Token))!.BlockedAt);
        Assert.StartsWith($"{user.Email}: Somebody else changed this meanwhile.", Assert.Single(_told).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thinking_better_of_it_changes_and_tells_nothing()
    {
        var user = await _host.CreateUserAsync();
        var menu = await OpenAsync(user);

        var asked = Press(menu, $"Deactivate {user.Email}");
        await _circuit.PressAsync("Cancel");
        await asked;

        Assert.True((await Users.FindAsync(user.Email, Token))!.IsActive);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_reset_mail_goes_out_after_a_yes()
    {
        var user = await _host.CreateUserAsync();
        var menu = await OpenAsync(user);

        var asked = Press(menu, "Send reset mail");
        await _circuit.PressAsync("Send mail");
        await asked;

        Assert.Equal($"A mail is on its way to {user.Email}.", Assert.Single(_told).Done);
        await _host.Mails.WaitForAsync(user.Email, "", Token);
    }

    private static IEnumerable<string> Verbs(IRenderedComponent<UserMenu> menu) => menu.FindAll("li :is(button, a)").Select(verb => verb.TextContent);

    private static Task Press(IRenderedComponent<UserMenu> menu, string verb) => menu.FindAll("button").Single(button => button.TextContent == verb).ClickAsync();

    private static Task FoldAsync(IRenderedComponent<UserMenu> menu, bool isOpen) => menu.Find("details").TriggerEventAsync("onfolded", new FoldedEventArgs { IsOpen = isOpen });

    private async Task<IRenderedComponent<UserMenu>> OpenAsync(TestUser user)
    {
        using var desk = await _host.BeginSessionAsync(_admin);
        var person = await _host.PersonAsync(desk);
        var menu = _circuit.Render<UserMenu>(parameters => parameters
            .Add(shown => shown.UserId, user.Id).Add(shown => shown.Email, user.Email).Add(shown => shown.Person, person).Add(shown => shown.Acted, _told.Add));
        Assert.Empty(Verbs(menu));
        await FoldAsync(menu, isOpen: true);
        return menu;
    }
}
