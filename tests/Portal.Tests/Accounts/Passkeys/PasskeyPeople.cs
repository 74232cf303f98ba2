using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Portal.Accounts.Profiles;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Passkeys;

/// <summary>People with passkeys.</summary>
internal static class PasskeyPeople
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static SoftPasskey NewPasskey(this PortalHost host) => new(host.BaseAddress.GetLeftPart(UriPartial.Authority));

    /// <summary>Adds a passkey to the account of a session that was proved just now.</summary>
    public static async Task<PasskeyOutcome> AddAsync(this PortalHost host, ClaimsPrincipal person, SoftPasskey passkey, bool endOthers = false)
    {
        var passkeys = host.Get<IPasskeyService>();
        var ready = Assert.IsType<PasskeyOutcome.Ready>(await passkeys.BeginAddingAsync(person, Token));
        return await passkeys.AddAsync(person, ready.Prompt.Ticket, passkey.Create(ready.Prompt.Options), endOthers, Token);
    }

    public static async Task<PasskeyInfo> HasPasskeyAsync(this PortalHost host, ClaimsPrincipal person, SoftPasskey passkey) =>
        Assert.IsType<PasskeyOutcome.Done>(await host.AddAsync(person, passkey)).Passkey;

    /// <summary>Somebody new with a passkey.</summary>
    public static async Task<(TestUser User, SoftPasskey Passkey, PasskeyInfo Info)> NewOwnerAsync(this PortalHost host, bool isSynced = false, bool counts = true)
    {
        var (user, person) = await host.NewPersonAsync();
        var passkey = new SoftPasskey(host.BaseAddress.GetLeftPart(UriPartial.Authority)) { IsSynced = isSynced, Counter = counts ? 0 : null };
        return (user, passkey, await host.HasPasskeyAsync(person, passkey));
    }

    /// <summary>Asks, as the sign-in page's script does, and has the passkey answer.</summary>
    public static async Task<(string Ticket, string Credential)> AskPasskeyAsync(this HttpClient browser, SoftPasskey passkey, string options = "/api/login/passkey-options")
    {
        using var asked = await browser.PostAsJsonAsync(options, new { }, Token);
        var prompt = await asked.Content.ReadFromJsonAsync<JsonElement>(Token);
        return (prompt.GetProperty("ticket").GetString()!, passkey.Get(prompt.GetProperty("options").GetRawText()));
    }

    /// <summary>Posts an answer as that script does.</summary>
    public static Task<HttpResponseMessage> PostPasskeyAsync(this HttpClient browser, string ticket, string credential, bool remember = false, string path = "/login") =>
        PortalHost.PostFormAsync(
            browser, path, "passkey", [new("Passkey.Ticket", ticket), new("Passkey.Answer", credential), new("Passkey.RememberMe", remember ? "true" : "false")], Token);

    public static async Task<HttpResponseMessage> SignInByPasskeyAsync(this HttpClient browser, SoftPasskey passkey, bool remember = false, string path = "/login")
    {
        var (ticket, credential) = await browser.AskPasskeyAsync(passkey);
        return await browser.PostPasskeyAsync(ticket, credential, remember, path);
    }
}
