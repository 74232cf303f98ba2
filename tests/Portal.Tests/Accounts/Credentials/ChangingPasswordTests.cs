using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.Credentials;

public sealed class ChangingPasswordTests : IAsyncLifetime
{
    private const string New = "seven herons sleep by lamplight";

    private PortalHost _host = null!;
    private TestUser _ana = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _ana = await _host.CreateUserAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("ASVS", "6.2.2")]
    [Trait("ASVS", "7.2.4")]
    public async Task The_other_sessions_end_and_this_one_goes_on_under_a_new_key()
    {
        using var laptop = await SignedInAsync();
        using var phone = await _host.BeginSessionAsync(_ana);
        using var stranger = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        var (id, former) = (await _host.IdAsync(laptop), CookieOf(laptop));

        using var answer = await ChangeAsync(laptop, _ana.Password, New);

        Assert.Equal(1, (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("ended").GetInt32());
        Assert.True(await laptop.IsSignedInAsync());
        Assert.Equal(id, await _host.IdAsync(laptop));
        Assert.NotEqual(former, CookieOf(laptop));
        Assert.False(await phone.IsSignedInAsync());
        Assert.True(await stranger.IsSignedInAsync());
        using var thief = _host.CreateClient();
        _host.CookiesOf(thief).Add(_host.BaseAddress, new Cookie("portal-session", former));
        Assert.False(await thief.IsSignedInAsync());
        Assert.Equal("password-changed", (await _host.QueryAsync(async context =>
            await Task.FromResult(context.Sessions.Single(session => session.UserId == _ana.Id && session.EndedAt != null)))).EndReason);
    }

    [Fact]
    public async Task From_then_on_the_new_password_signs_in_and_the_former_does_not()
    {
        using var laptop = await SignedInAsync();
        using var changed = await ChangeAsync(laptop, _ana.Password, New);

        using var former = await PortalHost.SignInAsync(_host.CreateClient(), _ana, cancellationToken: Token);
        using var now = await PortalHost.SignInAsync(_host.CreateClient(), _ana, password: New, cancellationToken: Token);

        Assert.Equal(HttpStatusCode.OK, former.StatusCode);
        Assert.Equal(HttpStatusCode.Found, now.StatusCode);
    }

    [Theory]
    [InlineData("", New, "password")]
    [InlineData("not the present one", New, "password")]
    [InlineData(PortalHost.DefaultPassword, "", "new_password")]
    [InlineData(PortalHost.DefaultPassword, "too short", "new_password")]
    [InlineData(PortalHost.DefaultPassword, PortalHost.DefaultPassword, "new_password")]
    [Trait("ASVS", "6.2.3")]
    public async Task What_is_wrong_is_told_at_its_field_and_changes_nothing(string current, string replacement, string field)
    {
        using var laptop = await SignedInAsync();
        using var phone = await _host.BeginSessionAsync(_ana);
        var before = await HashAsync();

        using var answer = await ChangeAsync(laptop, current, replacement);

        Assert.Contains(field, await answer.ReadFieldsAsync());
        Assert.Equal(before, await HashAsync());
        Assert.True(await phone.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "6.3.1")]
    public async Task Guessing_the_present_password_is_throttled_but_signing_in_elsewhere_is_not()
    {
        using var laptop = await SignedInAsync();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await ChangeAsync(laptop, "a guess", New);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }

        using var right = await ChangeAsync(laptop, _ana.Password, New);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.NotNull(right.Headers.RetryAfter);
        using var elsewhere = await PortalHost.SignInAsync(_host.CreateClient(), _ana, cancellationToken: Token);
        Assert.Equal(HttpStatusCode.Found, elsewhere.StatusCode);
    }

    [Fact]
    public async Task The_person_is_told_by_mail_and_the_log_knows()
    {
        using var laptop = await SignedInAsync();
        using var changed = await ChangeAsync(laptop, _ana.Password, New);

        var promised = await _host.QueryAsync(async context => await Task.FromResult(context.OutboxMails.Single(mail => mail.Kind == "PasswordChanged")));
        Assert.Equal(_ana.Email, promised.Recipient);
        var logged = await _host.QueryAsync(async context => await Task.FromResult(context.AuditEvents.Single(row => row.Kind == "password-changed")));
        Assert.Equal((_ana.Id, _ana.Id, await _host.IdAsync(laptop)), (logged.SubjectId, logged.ActorId, logged.SessionId));
        Assert.Equal(AuditKind.PasswordChanged, AuditKindNames.FromName(logged.Kind));
    }

    [Fact]
    public async Task Proving_oneself_makes_the_session_recent_again_under_a_new_key()
    {
        using var laptop = await SignedInAsync();
        var former = CookieOf(laptop);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.False(await IsRecentAsync(laptop));

        using var wrong = await laptop.PostAsJsonAsync("/api/confirm-password", new { password = "another" }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.False(await IsRecentAsync(laptop));

        using var right = await laptop.PostAsJsonAsync("/api/confirm-password", new { password = _ana.Password }, Token);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.True(await IsRecentAsync(laptop));
        Assert.NotEqual(former, CookieOf(laptop));
    }

    [Theory]
    [InlineData("/api/change-password")]
    [InlineData("/api/confirm-password")]
    [Trait("ASVS", "7.2.4")]
    public async Task Where_the_session_cannot_get_its_new_key_nothing_else_happens_either(string path)
    {
        using var laptop = await SignedInAsync();
        using var phone = await _host.BeginSessionAsync(_ana);
        var (before, events) = (await HashAsync(), await EventsAsync());
        await _host.QueryAsync(context => context.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER Refused BEFORE UPDATE OF KeyHash ON Sessions BEGIN SELECT RAISE(ABORT, 'refused'); END", Token));

        object body = path is "/api/change-password" ? new { password = _ana.Password, new_password = New } : new { password = _ana.Password };
        using var answer = await laptop.PostAsJsonAsync(path, body, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal((before, events), (await HashAsync(), await EventsAsync()));
        Assert.True(await laptop.IsSignedInAsync());
        Assert.True(await phone.IsSignedInAsync());
        Assert.Equal(0, await _host.QueryAsync(context => context.OutboxMails.CountAsync(Token)));
    }

    [Fact]
    public async Task A_session_that_ended_meanwhile_changes_nothing()
    {
        using var laptop = await SignedInAsync();
        await _host.EndSessionAsync(await _host.IdAsync(laptop), Token);

        using var answer = await ChangeAsync(laptop, _ana.Password, New);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Switched_off_it_is_refused_and_its_page_is_not_there()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:PasswordChange"] = "false");
        using var laptop = await host.BeginSessionAsync(await host.CreateUserAsync());
        await ApiHost.SendTokenAsync(laptop);

        using var answer = await ChangeAsync(laptop, PortalHost.DefaultPassword, New);
        Assert.Equal("Password change is disabled.", await answer.ReadProblemAsync(HttpStatusCode.BadRequest));
        using var page = await laptop.GetAsync("/account/password", Token);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using var wellKnown = await laptop.GetAsync("/.well-known/change-password", Token);
        Assert.Equal(HttpStatusCode.NotFound, wellKnown.StatusCode);
    }

    [Fact]
    public async Task Password_managers_find_the_page()
    {
        using var manager = _host.CreateClient();

        using var page = await manager.GetAsync("/.well-known/change-password", Token);
        using var nothing = await manager.GetAsync("/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200", Token);

        Assert.Equal("/account/password", page.LeadsTo());
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient browser, string current, string replacement) =>
        browser.PostAsJsonAsync("/api/change-password", new { password = current, new_password = replacement }, Token);

    private async Task<HttpClient> SignedInAsync()
    {
        var browser = await _host.BeginSessionAsync(_ana);
        await ApiHost.SendTokenAsync(browser);
        return browser;
    }

    private string CookieOf(HttpClient browser) => _host.CookiesOf(browser).GetCookies(_host.BaseAddress)["portal-session"]!.Value;

    private Task<string?> HashAsync() => _host.QueryAsync(async context => await Task.FromResult(context.Users.Single(user => user.Id == _ana.Id).PasswordHash));

    private Task<int> EventsAsync() => _host.QueryAsync(context => context.AuditEvents.CountAsync(Token));

    private async Task<bool> IsRecentAsync(HttpClient browser)
    {
        var asker = new SessionAsker(_ana.Id, await _host.IdAsync(browser));
        return await _host.QueryAsync(context => _host.Get<RecentAuthentication>().IsRecentAsync(context, asker, Token));
    }
}
