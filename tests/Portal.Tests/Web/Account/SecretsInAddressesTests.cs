using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Testing;
using Portal.Tests.Accounts;
using Portal.Tests.Accounts.Registration;
using Portal.Tests.House;

namespace Portal.Tests.Web.Account;

/// <summary>
/// Addresses end up in histories, logs and other sites' hands. The one secret in an address is a link's by mail, which
/// cannot be sent otherwise: it works once and not for long, is not logged, and is told to no other site.
/// </summary>
public sealed class SecretsInAddressesTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(options => options.ConfigureServices = services => services.AddSingleton<ILoggerProvider>(_log));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("ASVS", "14.2.1")]
    public async Task Forms_are_posted_and_no_address_on_a_page_holds_a_secret(bool signedIn)
    {
        using var browser = signedIn ? await _host.BeginSessionAsync(await _host.CreateUserAsync()) : _host.CreateClient();
        var pages = ListedAddresses.Of(_host)
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && endpoint.RoutePattern.Parameters.Count == 0)
            .Select(ListedAddresses.PatternOf);
        foreach (var address in pages)
        {
            using var answer = await browser.GetAsync(address, Token);
            var page = await answer.PageAsync();
            var secrets = _host.CookiesOf(browser).GetCookies(_host.BaseAddress).Select(cookie => cookie.Value)
                .Concat(page.QuerySelectorAll("[name=__RequestVerificationToken]").Select(field => field.GetAttribute("value")!));
            var addresses = page.QuerySelectorAll("[href], [src], [action]")
                .SelectMany(element => new[] { element.GetAttribute("href"), element.GetAttribute("src"), element.GetAttribute("action") })
                .Append(answer.Headers.Location?.ToString()).OfType<string>().ToList();

            Assert.All(page.QuerySelectorAll("form"), form => Assert.True(form.GetAttribute("method") is "post" or "dialog", $"{address} has a form that is not posted"));
            Assert.All(secrets, secret => Assert.DoesNotContain(addresses, found => found.Contains(secret, StringComparison.Ordinal)));
        }
    }

    [Fact]
    [Trait("ASVS", "14.2.1")]
    public async Task A_secret_in_an_address_is_taken_for_none()
    {
        var user = await _host.CreateUserAsync();
        using var client = _host.CreateClient();
        var pair = $"email={user.Email}&password={Uri.EscapeDataString(user.Password)}";

        using var api = await client.PostAsJsonAsync($"/api/login?{pair}", new { }, Token);
        var form = await PortalHost.OpenFormAsync(client, "/login", "sign-in", Token);
        using var page = await client.PostAsync($"/login?Input.Login={user.Email}&Input.Password={Uri.EscapeDataString(user.Password)}", form.ToContent(), Token);

        Assert.Equal(HttpStatusCode.BadRequest, api.StatusCode);
        Assert.Contains("""There is no parameter \"password\" here.""", await api.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.False(await client.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "14.2.1")]
    public async Task A_link_by_mail_is_not_logged_not_told_to_others_and_works_once()
    {
        var email = RegistrationForm.NewEmail();
        using var browser = _host.CreateClient();
        using var registered = await browser.RegisterAsync(email);
        var confirm = CaughtMails.LinkOf(await _host.Mails.WaitForAsync(email, "Confirm", Token));
        using var asked = await PortalHost.PostFormAsync(browser, "/forgot-password", "forgot-password", [new("Input.Email", email)], Token);
        var reset = CaughtMails.LinkOf(await _host.Mails.WaitForAsync(email, "password", Token));

        foreach (var (link, form) in new[] { (confirm, "confirm-email"), (reset, "reset-password") })
        {
            var secret = System.Web.HttpUtility.ParseQueryString(link.Query)["token"]!;
            Assert.Equal(43, secret.Length);

            using var opened = await browser.GetAsync(link.PathAndQuery, Token);
            Assert.Equal(["same-origin"], opened.Headers.GetValues("Referrer-Policy"));
            using var used = await PortalHost.PostFormAsync(browser, link.PathAndQuery, form, Password, Token);
            Assert.True(used.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found);
            using var again = await browser.GetAsync(link.PathAndQuery, Token);
            Assert.DoesNotContain($"value=\"{form}\"", await again.Content.ReadAsStringAsync(Token));

            Assert.NotEmpty(_log.Lines);
            Assert.DoesNotContain(_log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Password =>
        [new("Input.Password", "umbrellas under a low bridge"), new("Input.ConfirmPassword", "umbrellas under a low bridge")];
}
