using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.Administration;

/// <summary><c>Accounts:Administrators:RequireSecondFactor</c>.</summary>
public sealed partial class DemandedFactorTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync(options => options.Settings["Accounts:Administrators:RequireSecondFactor"] = "true");
        _admin = await _host.CreateUserAsync(roles: "admin");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("ASVS", "6.3.3")]
    [Trait("ASVS", "8.4.2")]
    public async Task Every_page_and_address_of_the_administration_is_shut_without_one()
    {
        using var browser = await _host.BeginSessionAsync(_admin);
        var addresses = House.ListedAddresses.Of(_host)
            .Select(endpoint => Parameter().Replace(House.ListedAddresses.PatternOf(endpoint), "1"))
            .Where(address => address.StartsWith("/admin", StringComparison.Ordinal) || address.StartsWith("/api/admin", StringComparison.Ordinal))
            .Distinct().ToList();
        Assert.True(addresses.Count > 30, $"{addresses.Count} addresses");

        foreach (var address in addresses)
        {
            using var answer = await browser.GetAsync(address, Token);
            if (address.StartsWith("/api/", StringComparison.Ordinal))
            {
                Assert.Equal((address, HttpStatusCode.Forbidden), (address, answer.StatusCode));
                Assert.Contains("second factor", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            }
            else if (answer.StatusCode is not HttpStatusCode.MethodNotAllowed)
            {
                Assert.Equal($"/account/security?for={Uri.EscapeDataString(address)}", answer.LeadsTo());
            }
        }
    }

    [Fact]
    [Trait("ASVS", "8.4.2")]
    public async Task The_doors_behind_the_pages_ask_for_it_too()
    {
        var user = await _host.CreateUserAsync();
        var by = await _host.OperatorAsync(_admin);

        Assert.IsType<AdminOutcome.NotAllowed>(await _host.Get<IUserAdmin>().MoveAsync(user.Email, UserMove.Verify, null, by, Token));
    }

    [Fact]
    public async Task A_code_given_in_the_running_session_opens_it()
    {
        var (app, _) = await _host.AddSecondFactorAsync(_admin);
        using var browser = await _host.BeginSessionAsync(_admin);
        await ApiHost.SendTokenAsync(browser);

        using var confirmed = await browser.PostAsJsonAsync("/api/confirm-password", new { code = app.CodeAt(_host.Clock.GetUtcNow()) }, Token);
        using var page = await browser.GetAsync("/admin", Token);
        using var list = await browser.GetAsync("/api/admin/users", Token);

        Assert.Equal((true, HttpStatusCode.OK, HttpStatusCode.OK), (confirmed.IsSuccessStatusCode, page.StatusCode, list.StatusCode));
    }

    [Fact]
    public async Task A_passkey_used_in_the_running_session_opens_it()
    {
        using var passkey = _host.NewPasskey();
        using var browser = await _host.BeginSessionAsync(_admin);
        await _host.HasPasskeyAsync(await _host.PersonAsync(browser), passkey);
        using var shut = await browser.GetAsync("/admin", Token);
        await ApiHost.SendTokenAsync(browser);

        using var asked = await browser.PostAsJsonAsync("/api/confirm-passkey/options", new { }, Token);
        var prompt = await asked.Content.ReadFromJsonAsync<JsonElement>(Token);
        using var confirmed = await browser.PostAsJsonAsync(
            "/api/confirm-passkey", new { ticket = prompt.GetProperty("ticket").GetString(), credential = passkey.Get(prompt.GetProperty("options").GetRawText()) }, Token);
        using var page = await browser.GetAsync("/admin", Token);

        Assert.Equal(("/account/security?for=%2Fadmin", true, HttpStatusCode.OK), (shut.LeadsTo(), confirmed.IsSuccessStatusCode, page.StatusCode));
    }

    [Fact]
    public async Task A_trusted_browser_does_not_do_and_others_are_left_alone()
    {
        var (app, _) = await _host.AddSecondFactorAsync(_admin);
        using var browser = _host.CreateClient();
        (await PortalHost.SignInAsync(browser, _admin, cancellationToken: Token)).Dispose();
        (await PortalHost.GiveCodeAsync(browser, app.CodeAt(_host.Clock.GetUtcNow()), trust: true, cancellationToken: Token)).Dispose();
        using var first = await browser.GetAsync("/admin", Token);
        (await PortalHost.PostFormAsync(browser, "/account/sessions", "/logout", [], Token)).Dispose();
        (await PortalHost.SignInAsync(browser, _admin, cancellationToken: Token)).Dispose();
        using var second = await browser.GetAsync("/admin", Token);
        using var person = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        using var own = await person.GetAsync("/account/sessions", Token);

        Assert.Equal((HttpStatusCode.OK, "/account/security?for=%2Fadmin", HttpStatusCode.OK), (first.StatusCode, second.LeadsTo(), own.StatusCode));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
