using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Credentials.Factors;
using Portal.Controls;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class SecondFactorPanelTests : IAsyncLifetime
{
    private static readonly AuthenticatorSetup Setup = new(1, new byte[20], "otpauth://totp/Portal:person@example.org?secret=AAAA");

    private readonly PanelContext _circuit = new();
    private readonly FakeSecondFactors _factors = new();

    public SecondFactorPanelTests()
    {
        _circuit.Services.AddSingleton<ISecondFactorService>(_factors);
        _circuit.Services.AddSingleton(new Site("Portal", new Uri("https://portal.example")));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Fact]
    public async Task Setting_up_shows_picture_and_key_and_then_the_codes_once()
    {
        _factors.Answers.Enqueue(new SecondFactorOutcome.Begun(Setup));
        _factors.Answers.Enqueue(new SecondFactorOutcome.Done(["AAAA-BBBB-CCCC", "DDDD-EEEE-FFFF"], 2));
        var panel = _circuit.Render<SecondFactorPanel>();

        await Button(panel, "Set up an authenticator app").ClickAsync();
        Assert.Equal("QR code with the key below, for an authenticator app", panel.Find("svg.qr").GetAttribute("aria-label"));
        Assert.Equal(Setup.Key, panel.Find(".key").TextContent);
        Assert.Equal("one-time-code", panel.Find("form input[type=text]").GetAttribute("autocomplete"));
        Assert.True(panel.Find("form input[type=checkbox]").HasAttribute("checked"));
        _factors.Info = new(_circuit.Clock.GetUtcNow(), 10, []);
        await panel.Find("form input[type=text]").ChangeAsync("123456");
        await panel.Find("form").SubmitAsync();

        Assert.Equal(["begin", "add 123456 True"], _factors.Asked);
        _circuit.LastFocused.ShouldBeElementReferenceTo(panel.Find("#codes-heading"));
        Assert.Equal(["AAAA-BBBB-CCCC", "DDDD-EEEE-FFFF"], panel.FindAll(".codes code").Select(code => code.TextContent));
        Assert.Contains("The app is on. 2 other devices were signed out.", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("AAAA-BBBB-CCCC", Uri.UnescapeDataString(panel.Find("a[download]").GetAttribute("href")!), StringComparison.Ordinal);
        await Button(panel, "I have kept them").ClickAsync();
        Assert.Empty(panel.FindAll(".codes"));
    }

    [Fact]
    public async Task A_wrong_code_is_told_at_the_field_and_the_key_stays()
    {
        _factors.Answers.Enqueue(new SecondFactorOutcome.Begun(Setup));
        _factors.Answers.Enqueue(new SecondFactorOutcome.WrongCode());
        var panel = _circuit.Render<SecondFactorPanel>();
        await Button(panel, "Set up an authenticator app").ClickAsync();

        await panel.Find("form input[type=text]").ChangeAsync("000000");
        await panel.Find("form").SubmitAsync();

        Assert.Contains("This is not the code of this moment.", panel.Find(".field-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("000000", panel.Find("form input[type=text]").GetAttribute("value"));
        Assert.Equal(Setup.Key, panel.Find(".key").TextContent);
    }

    [Fact]
    [Trait("ASVS", "7.4.3")]
    public async Task Removing_asks_first_and_offers_to_end_the_other_sessions()
    {
        _factors.Info = new(_circuit.Clock.GetUtcNow(), 10, []);
        _factors.Answers.Enqueue(new SecondFactorOutcome.Done([], 1));
        var panel = _circuit.Render<SecondFactorPanel>();

        var pressed = Button(panel, "Remove the app").ClickAsync();
        _circuit.Dialogs.WaitForAssertion(() => Assert.True(_circuit.Dialogs.Find("input[type=checkbox]").HasAttribute("checked")));
        Assert.Empty(_factors.Asked);
        await _circuit.PressAsync("Remove the app");
        await pressed;

        Assert.Equal(["remove True"], _factors.Asked);
        Assert.Contains("The app is removed. One other device was signed out.", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_is_asked_in_place_and_the_change_goes_on()
    {
        _factors.Answers.Enqueue(new SecondFactorOutcome.NeedsRecentAuthentication());
        _factors.Answers.Enqueue(new SecondFactorOutcome.Begun(Setup));
        var panel = _circuit.Render<SecondFactorPanel>();

        var pressed = Button(panel, "Set up an authenticator app").ClickAsync();
        await _circuit.ProveAsync();
        await pressed;

        panel.WaitForAssertion(() => Assert.Equal(Setup.Key, panel.Find(".key").TextContent));
    }

    [Fact]
    public async Task A_password_that_is_too_short_alone_is_to_be_changed_first()
    {
        _factors.Info = new(_circuit.Clock.GetUtcNow(), 10, []);
        _factors.Answers.Enqueue(new SecondFactorOutcome.NeedsLongerPassword(15));
        var panel = _circuit.Render<SecondFactorPanel>();

        var pressed = Button(panel, "Remove the app").ClickAsync();
        await _circuit.PressAsync("Remove the app");
        await pressed;

        Assert.Contains("at least 15 characters", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(panel.Find("a[href='/account/password']"));
    }

    [Fact]
    public async Task Trusted_browsers_are_listed_and_forgotten()
    {
        var now = _circuit.Clock.GetUtcNow();
        _factors.Info = new(now, 2, [new(7, "Firefox on Linux", now.AddDays(30))]);
        var panel = _circuit.Render<SecondFactorPanel>();

        Assert.Contains("Time for new ones", panel.Markup, StringComparison.Ordinal);
        await panel.Find("button[aria-label='Forget Firefox on Linux']").ClickAsync();

        Assert.Equal(["forget 7"], _factors.Asked);
    }

    [Theory]
    [InlineData("/admin/users", true)]
    [InlineData("https://evil.example/admin", false)]
    [InlineData("/account", false)]
    [Trait("ASVS", "6.3.3")]
    public void An_administrator_without_a_second_factor_is_told_why_they_are_here(string from, bool isTold)
    {
        var panel = _circuit.Render<SecondFactorPanel>(parameters => parameters.Add(found => found.ComeFrom, from));

        Assert.Equal(isTold, panel.Markup.Contains("Administering here needs a second factor.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, false, null, "Set up an authenticator app or add a passkey")]
    [InlineData(true, false, "Enter a code", "You signed in without one.")]
    [InlineData(false, true, "Use a passkey", "You signed in without one.")]
    [InlineData(true, true, "Use a passkey or a code", "You signed in without one.")]
    [Trait("ASVS", "6.3.3")]
    public void An_administrator_is_led_on_by_whatever_second_factor_they_have(bool hasApp, bool hasPasskey, string? button, string words)
    {
        _factors.Info = new(hasApp ? _circuit.Clock.GetUtcNow() : null, 10, []);
        _circuit.Passkeys.IsPossible = hasPasskey;

        var notice = Administering().Find(".screen-only");

        Assert.Contains(words, notice.TextContent, StringComparison.Ordinal);
        Assert.Equal(button, notice.QuerySelector("button")?.TextContent.Trim());
    }

    [Fact]
    [Trait("ASVS", "6.3.3")]
    public async Task An_administrator_whose_second_factor_is_a_passkey_goes_on_by_it_and_no_password_does()
    {
        _circuit.Passkeys.IsPossible = true;
        _circuit.SetUpPasskeys(script =>
        {
            script.Setup<bool>("isSupported").SetResult(true);
            script.Setup<FormAnswer>("confirm", _ => true).SetResult(new FormAnswer(200, null, [], 0));
        });
        var panel = Administering();

        var pressed = Button(panel, "Use a passkey").ClickAsync();
        _circuit.Dialogs.WaitForAssertion(() => Assert.Contains(_circuit.Dialogs.FindAll("form button"), found => found.TextContent.Trim() == "Use a passkey"));
        Assert.Empty(_circuit.Dialogs.FindAll("input[type=password], [data-field=code]"));
        await _circuit.Dialogs.FindAll("form button").Single(found => found.TextContent.Trim() == "Use a passkey").ClickAsync();
        await pressed;

        Assert.Equal("/admin/users", panel.Find(".notice a").GetAttribute("href"));
    }

    private IRenderedComponent<SecondFactorPanel> Administering() =>
        _circuit.Render<SecondFactorPanel>(parameters => parameters.Add(found => found.ComeFrom, "/admin/users"));

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<SecondFactorPanel> panel, string words) =>
        panel.FindAll("button").Single(button => button.TextContent.Trim() == words);
}
