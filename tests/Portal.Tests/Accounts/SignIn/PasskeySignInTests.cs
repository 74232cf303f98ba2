using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Profiles;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.SignIn;

public sealed class PasskeySignInTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Options = "/api/login/passkey-options";

    private static int addresses;

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "7.2.4")]
    public async Task A_passkey_alone_signs_in_as_more_than_one_factor()
    {
        var (user, passkey, info) = await OwnerAsync();
        using var browser = Browser();

        using var answer = await browser.SignInByPasskeyAsync(passkey);

        Assert.Equal("/account", answer.LeadsTo());
        var session = await _host.RowAsync(await _host.IdAsync(browser));
        Assert.Equal((user.Id, "hwk user mfa", false), (session.UserId, session.Method, session.IsPersistent));
        var row = await RowAsync(info.Id);
        Assert.Equal((_host.Clock.GetUtcNow(), 2u), (row.LastUsedAt, row.Data.SignCount));
    }

    [Fact]
    public async Task One_that_is_synced_is_told_apart_and_the_session_can_be_kept()
    {
        var (_, passkey, info) = await OwnerAsync(isSynced: true);
        using var browser = Browser();

        using var answer = await browser.SignInByPasskeyAsync(passkey, remember: true, path: "/login?returnUrl=%2Faccount%2Fsessions");

        Assert.Equal("/account/sessions", answer.LeadsTo());
        var session = await _host.RowAsync(await _host.IdAsync(browser));
        Assert.Equal(("swk user mfa", true), (session.Method, session.IsPersistent));
        Assert.True((await RowAsync(info.Id)).Data.IsBackedUp);
    }

    [Fact]
    [Trait("ASVS", "6.7.2")]
    public async Task An_answer_signs_in_once()
    {
        var (user, passkey, _) = await OwnerAsync(counts: false);
        using var browser = Browser();
        var (ticket, credential) = await browser.AskPasskeyAsync(passkey);
        using var first = await browser.PostPasskeyAsync(ticket, credential);
        Assert.True(await browser.IsSignedInAsync());

        // With the browser's own mark, but without its session.
        using var thief = Browser();
        _host.CookiesOf(thief).Add(_host.BaseAddress, _host.CookiesOf(browser).GetCookies(_host.BaseAddress)["portal-passkey"]!);
        using var second = await thief.PostPasskeyAsync(ticket, credential);

        Assert.Contains("used already", await second.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(await thief.IsSignedInAsync());
        Assert.Equal("replayed", await LastFailureAsync(user.Id));
    }

    [Fact]
    [Trait("ASVS", "6.7.2")]
    public async Task An_answer_that_comes_many_times_at_once_signs_in_once()
    {
        var (user, passkey, _) = await OwnerAsync(counts: false);
        using var browser = Browser();
        var (ticket, credential) = await browser.AskPasskeyAsync(passkey);
        var before = await SessionsAsync(user.Id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.PostPasskeyAsync(ticket, credential)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Found);
        Assert.Equal(before + 1, await SessionsAsync(user.Id));
    }

    [Fact]
    public async Task An_answer_counts_in_the_browser_that_was_asked()
    {
        var (_, passkey, _) = await OwnerAsync();
        using var lured = Browser();
        var (ticket, credential) = await lured.AskPasskeyAsync(passkey);
        using var thief = Browser();
        await thief.AskPasskeyAsync(passkey);

        using var answer = await thief.PostPasskeyAsync(ticket, credential);

        Assert.Contains("took too long", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task Several_tabs_of_a_browser_can_ask()
    {
        var (_, passkey, _) = await OwnerAsync();
        using var browser = Browser();
        var (ticket, credential) = await browser.AskPasskeyAsync(passkey);
        await browser.AskPasskeyAsync(passkey);

        using var answer = await browser.PostPasskeyAsync(ticket, credential);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    [Fact]
    public async Task After_five_minutes_it_is_too_late()
    {
        await using var host = await PortalHost.StartAsync();
        var (_, passkey, _) = await host.NewOwnerAsync();
        using var browser = host.CreateClient();
        var (ticket, credential) = await browser.AskPasskeyAsync(passkey);
        host.Clock.Advance(TimeSpan.FromMinutes(5));

        using var answer = await browser.PostPasskeyAsync(ticket, credential);

        Assert.Contains("took too long", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_browser_is_mailed_of_and_then_known()
    {
        var (user, passkey, _) = await OwnerAsync();
        using var browser = Browser();

        using var first = await browser.SignInByPasskeyAsync(passkey);
        await _host.Mails.WaitForAsync(user.Email, "New sign-in", Token);

        Assert.NotNull(_host.CookiesOf(browser).GetCookies(_host.BaseAddress)["portal-browser"]);
    }

    [Fact]
    public async Task Where_local_login_is_off_there_is_no_such_way()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:LocalLogin"] = "false");
        using var browser = host.CreateClient();

        using var answer = await browser.PostAsJsonAsync(Options, new { }, Token);

        Assert.Equal("Local login is disabled.", await answer.ReadProblemAsync(HttpStatusCode.BadRequest));
        Assert.DoesNotContain("passkey", await browser.GetStringAsync("/login", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_managers_find_where_passkeys_are_made()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Portal:PublicUrl"] = "https://portal.example.org/people");
        using var manager = host.CreateClient();

        var places = await manager.GetFromJsonAsync<JsonElement>("/.well-known/passkey-endpoints", Token);

        Assert.Equal(
            ("https://portal.example.org/people/account/security", "https://portal.example.org/people/account/security"),
            (places.GetProperty("enroll").GetString(), places.GetProperty("manage").GetString()));
    }

    private Task<(TestUser User, SoftPasskey Passkey, PasskeyInfo Info)> OwnerAsync(bool isSynced = false, bool counts = true) => _host.NewOwnerAsync(isSynced, counts);

    /// <summary>From an address of its own: what one test does wrong is not another's.</summary>
    private HttpClient Browser() => _host.CreateClient(FormattableString.Invariant($"198.18.7.{Interlocked.Increment(ref addresses)}"));

    private Task<Portal.Accounts.Data.UserPasskey> RowAsync(string id) => _host.QueryAsync(context => context.UserPasskeys.AsNoTracking().SingleAsync(row => row.Id == id, Token));

    private Task<int> SessionsAsync(long userId) => _host.QueryAsync(context => context.Sessions.CountAsync(session => session.UserId == userId && session.EndedAt == null, Token));

    private async Task<string?> LastFailureAsync(long userId)
    {
        var details = await _host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == userId && row.Kind == "sign-in-failed")
            .OrderByDescending(row => row.Id).Select(row => row.Details).FirstAsync(Token));
        using var document = JsonDocument.Parse(details!);
        return document.RootElement.GetProperty("reason").GetString();
    }
}
