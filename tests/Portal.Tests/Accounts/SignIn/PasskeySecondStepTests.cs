using System.Net;
using System.Net.Http.Json;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.SignIn;

public sealed class PasskeySecondStepTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Options = "/api/login/two-factor/passkey-options";

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passkey_stands_in_for_the_code()
    {
        var user = await _host.CreateUserAsync();
        using var passkey = await WithBothAsync(user);
        using var browser = await WaitingAsync(user);

        using var answer = await TakeAsync(browser, passkey);

        Assert.Equal("/account", answer.LeadsTo());
        Assert.Equal("pwd hwk user mfa", (await _host.RowAsync(await _host.IdAsync(browser))).Method);
    }

    [Fact]
    public async Task The_passkey_of_somebody_else_does_not()
    {
        var user = await _host.CreateUserAsync();
        using var own = await WithBothAsync(user);
        using var other = await WithBothAsync(await _host.CreateUserAsync());
        using var browser = await WaitingAsync(user);

        using var answer = await TakeAsync(browser, other);

        Assert.False(await browser.IsSignedInAsync());
        Assert.Contains("could not be confirmed", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_for_another_wait_does_not()
    {
        var user = await _host.CreateUserAsync();
        using var passkey = await WithBothAsync(user);
        using var first = await WaitingAsync(user);
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var second = await WaitingAsync(user);
        var (ticket, credential) = await first.AskPasskeyAsync(passkey, Options);

        using var answer = await second.PostPasskeyAsync(ticket, credential, path: "/login/two-factor");

        Assert.False(await second.IsSignedInAsync());
        Assert.Contains("took too long", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_offered_to_who_has_one_and_asked_for_after_the_password_alone()
    {
        var user = await _host.CreateUserAsync();
        await _host.AddSecondFactorAsync(user);
        using var browser = await WaitingAsync(user);
        Assert.DoesNotContain("passkey", await browser.GetStringAsync("/login/two-factor", Token), StringComparison.Ordinal);
        using var none = await browser.PostAsJsonAsync(Options, new { }, Token);
        using var nobody = _host.CreateClient();
        using var asked = await nobody.PostAsJsonAsync(Options, new { }, Token);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (none.StatusCode, asked.StatusCode));
    }

    [Fact]
    public async Task Who_has_a_passkey_and_no_app_signs_in_by_password_alone()
    {
        var user = await _host.CreateUserAsync();
        using var passkey = _host.NewPasskey();
        await _host.HasPasskeyAsync(await _host.PersonOfAsync(user), passkey);
        using var browser = _host.CreateClient();

        using var answer = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);

        Assert.Equal("/account", answer.LeadsTo());
    }

    private async Task<SoftPasskey> WithBothAsync(TestUser user)
    {
        var passkey = _host.NewPasskey();
        await _host.HasPasskeyAsync(await _host.PersonOfAsync(user), passkey);
        await _host.AddSecondFactorAsync(user);
        return passkey;
    }

    /// <summary>A browser in which the right password was given.</summary>
    private async Task<HttpClient> WaitingAsync(TestUser user)
    {
        var browser = _host.CreateClient();
        using var answer = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        Assert.Equal("/login/two-factor", answer.LeadsTo());
        return browser;
    }

    private static async Task<HttpResponseMessage> TakeAsync(HttpClient browser, SoftPasskey passkey)
    {
        var (ticket, credential) = await browser.AskPasskeyAsync(passkey, Options);
        return await browser.PostPasskeyAsync(ticket, credential, path: "/login/two-factor");
    }
}
