using Bunit;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Events;
using Portal.Accounts.SignIn.External;
using Portal.Controls;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Controls;

public sealed class StepUpDialogTests : IAsyncLifetime
{
    private readonly PanelContext _context = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public async Task Who_signs_in_by_a_provider_confirms_there_in_another_window_and_the_page_goes_on_by_itself()
    {
        _context.Identities.Info = new([Linked("example", "Example ID", isUsable: true), Linked("gone", "Gone ID", isUsable: false)], HasPassword: false, HasPasskey: false, 0);
        var asked = _context.AskAsync(StepUpDialog.AskAsync);

        await _context.PressAsync("Confirm with Example ID");

        var form = _context.Dialogs.Find("form.providers");
        Assert.Equal(("_blank", "/account/identities/link"), (form.GetAttribute("target"), form.GetAttribute("action")));
        Assert.Equal("confirm", form.QuerySelector("input[name=purpose]")!.GetAttribute("value"));
        Assert.Equal("example", Assert.Single(form.QuerySelectorAll("button")).GetAttribute("value"));
        Assert.Empty(_context.Dialogs.FindAll("input[type=password]"));

        await GoOnAsync();
        Assert.False(asked.IsCompleted);
        _context.Identities.NeedsProof = false;
        // The server knows, and the browser may not have the new key yet.
        _context.Events.Publish(new AccountEvent.UserChanged(1));
        Assert.False(asked.IsCompleted);
        await GoOnAsync();

        Assert.True(await asked);
    }

    [Fact]
    public async Task Who_sent_nobody_to_a_provider_does_not_go_on_by_what_was_confirmed_for_another_page()
    {
        _context.Identities.Info = new([Linked("example", "Example ID", isUsable: true)], HasPassword: true, HasPasskey: false, 0);
        var asked = _context.AskAsync(StepUpDialog.AskAsync);
        _context.Dialogs.WaitForAssertion(() => _context.Dialogs.Find("form.providers"));
        _context.Identities.NeedsProof = false;

        await GoOnAsync();

        Assert.False(asked.IsCompleted);
        await _context.PressAsync("Cancel");
        Assert.False(await asked);
    }

    [Fact]
    public async Task Who_has_nothing_to_confirm_with_is_told_how_to_get_it()
    {
        _context.Identities.Info = new([], HasPassword: false, HasPasskey: false, 0);
        var asked = _context.AskAsync(StepUpDialog.AskAsync);

        _context.Dialogs.WaitForAssertion(() => Assert.Equal("/forgot-password", _context.Dialogs.Find("form a").GetAttribute("href")));
        Assert.DoesNotContain(_context.Dialogs.FindAll("button"), button => button.TextContent == "Confirm");
        await _context.PressAsync("Cancel");

        Assert.False(await asked);
    }

    [Fact]
    public async Task Where_the_app_was_not_asked_for_yet_no_provider_stands_in_for_its_code()
    {
        _context.Identities.Info = new([Linked("example", "Example ID", isUsable: true)], HasPassword: true, HasPasskey: false, 0);
        _context.Factors.Info = new SecondFactorInfo(_context.Clock.GetUtcNow(), 10, []);
        var asked = _context.AskAsync(StepUpDialog.AskAsync);

        _context.Dialogs.WaitForAssertion(() => _context.Dialogs.Find("[data-field=code]"));
        Assert.Empty(_context.Dialogs.FindAll("form.providers"));
        await _context.PressAsync("Cancel");

        Assert.False(await asked);
    }

    private LinkedIdentityInfo Linked(string scheme, string provider, bool isUsable) =>
        new(scheme, scheme, provider, "them-there", _context.Clock.GetUtcNow(), isUsable);

    /// <summary>As the page's script does when another window says that it was confirmed there.</summary>
    private Task GoOnAsync() => _context.Dialogs.Find("[data-go-on]").ClickAsync();
}
