using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Web.Shell;

public sealed class SessionHeadersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_in_front_is_told_whose_answer_it_carries_where_it_is_to_be()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Sessions:ResponseHeaders"] = "true");
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        using var stranger = host.CreateClient();

        using var page = await browser.GetAsync("/account/sessions", Token);
        using var anonymous = await stranger.GetAsync("/login", Token);

        Assert.Equal([(await host.PersonAsync(browser)).SessionId()], page.Headers.GetValues("X-Session-ID"));
        Assert.Equal([$"{user.Id}"], page.Headers.GetValues("X-User-ID"));
        Assert.False(anonymous.Headers.Contains("X-Session-ID"));
        Assert.False(anonymous.Headers.Contains("X-User-ID"));
    }

    [Fact]
    public async Task Programs_are_told_apart_as_browsers_are_and_who_is_refused_is_nobody()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Sessions:ResponseHeaders"] = "true");
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        using var program = host.CreateClient();
        using var bought = await program.PostAsJsonAsync("/api/login", new { email = user.Email, password = user.Password, token = true }, Token);
        program.DefaultRequestHeaders.Authorization = new("Bearer", (await bought.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("access_token").GetString());
        using var forger = host.CreateClient();
        forger.DefaultRequestHeaders.Authorization = new("Bearer", $"{program.DefaultRequestHeaders.Authorization.Parameter}x");
        using var form = host.CreateClient();

        using var byCookie = await browser.GetAsync("/api/me", Token);
        using var byToken = await program.GetAsync("/api/me", Token);
        using var refused = await forger.GetAsync("/api/me", Token);
        using var signIn = await PortalHost.SignInAsync(form, user.Email, user.Password, cancellationToken: Token);

        var (cookieSession, formSession) = (await host.SessionIdOfAsync(browser, Token), await host.SessionIdOfAsync(form, Token));
        var tokenSession = Assert.Single(await host.SessionsOfAsync(user, Token), session => session.Id != cookieSession && session.Id != formSession).Id;
        Assert.Equal([cookieSession, $"{user.Id}"], Told(byCookie));
        Assert.Equal([tokenSession, $"{user.Id}"], Told(byToken));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        // Who signs in was nobody when they asked.
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (bought.StatusCode, signIn.StatusCode));
        Assert.All([refused, bought, signIn], answer => Assert.Empty(Told(answer)));
    }

    [Fact]
    public async Task Nothing_is_told_by_default()
    {
        await using var host = await PortalHost.StartAsync();
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());

        using var page = await browser.GetAsync("/account/sessions", Token);

        Assert.False(page.Headers.Contains("X-Session-ID"));
        Assert.False(page.Headers.Contains("X-User-ID"));
    }

    private static IEnumerable<string?> Told(HttpResponseMessage answer) =>
        ((string[])["X-Session-ID", "X-User-ID"]).SelectMany(name => answer.Headers.TryGetValues(name, out var values) ? values : []);
}
