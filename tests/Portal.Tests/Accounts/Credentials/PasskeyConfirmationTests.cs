using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.Credentials;

public sealed class PasskeyConfirmationTests : IAsyncLifetime
{
    private const string Confirm = "/api/confirm-passkey";
    private const string Options = "/api/confirm-passkey/options";

    private PortalHost _host = null!;
    private TestUser _ana = null!;
    private HttpClient _laptop = null!;
    private SoftPasskey _passkey = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _ana = await _host.CreateUserAsync();
        _laptop = await SignedInAsync();
        _passkey = _host.NewPasskey();
        await _host.HasPasskeyAsync(await _host.PersonAsync(_laptop), _passkey);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
    }

    public async ValueTask DisposeAsync()
    {
        _passkey.Dispose();
        _laptop.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    [Trait("ASVS", "7.2.4")]
    [Trait("ASVS", "7.5.1")]
    public async Task It_makes_the_session_recent_again_under_a_new_key()
    {
        var (id, former) = (await _host.IdAsync(_laptop), CookieOf(_laptop));
        Assert.False(await IsRecentAsync(_laptop));

        using var answer = await ConfirmAsync(_laptop, _passkey);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(await IsRecentAsync(_laptop));
        // Its device knows its person: from now on this session has two factors.
        Assert.True((await _host.PersonAsync(_laptop)).HasSecondFactor());
        Assert.Equal(id, await _host.IdAsync(_laptop));
        Assert.NotEqual(former, CookieOf(_laptop));
        using var thief = _host.CreateClient();
        _host.CookiesOf(thief).Add(_host.BaseAddress, new Cookie("portal-session", former));
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task The_question_names_the_persons_own_passkeys()
    {
        var options = (await AskAsync(_laptop)).GetProperty("options");

        var allowed = Assert.Single(options.GetProperty("allowCredentials").EnumerateArray());
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(_passkey.CredentialId), allowed.GetProperty("id").GetString());
        Assert.Equal("required", options.GetProperty("userVerification").GetString());
    }

    [Fact]
    public async Task The_passkey_of_somebody_else_proves_nothing()
    {
        using var ben = await SignedInAsync(await _host.CreateUserAsync());
        using var other = _host.NewPasskey();
        await _host.HasPasskeyAsync(await _host.PersonAsync(ben), other);

        using var answer = await ConfirmAsync(_laptop, other);

        Assert.Contains("passkey", await answer.ReadFieldsAsync());
        Assert.False(await IsRecentAsync(_laptop));
        Assert.Equal("confirmation-failed", await LastEventAsync());
    }

    [Fact]
    public async Task An_answer_counts_once_and_in_the_session_that_asked()
    {
        _passkey.Counter = null;
        await _host.QueryAsync(async context =>
        {
            context.UserPasskeys.Single().Data.SignCount = 0;
            return await context.SaveChangesAsync(Token);
        });
        using var phone = await SignedInAsync();
        var asked = await AskAsync(_laptop);
        var credential = _passkey.Get(asked.GetProperty("options").GetRawText());
        var ticket = asked.GetProperty("ticket").GetString();

        using var elsewhere = await phone.PostAsJsonAsync(Confirm, new { ticket, credential }, Token);
        using var first = await _laptop.PostAsJsonAsync(Confirm, new { ticket, credential }, Token);
        await ApiHost.SendTokenAsync(_laptop);
        using var second = await _laptop.PostAsJsonAsync(Confirm, new { ticket, credential }, Token);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.BadRequest), (elsewhere.StatusCode, first.StatusCode, second.StatusCode));
        Assert.Contains("used already", await second.ReadProblemAsync(HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_for_the_sign_in_is_none_for_this()
    {
        using var asked = await _laptop.PostAsJsonAsync("/api/login/passkey-options", new { }, Token);
        var prompt = await asked.Content.ReadFromJsonAsync<JsonElement>(Token);

        using var answer = await _laptop.PostAsJsonAsync(
            Confirm, new { ticket = prompt.GetProperty("ticket").GetString(), credential = _passkey.Get(prompt.GetProperty("options").GetRawText()) }, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await IsRecentAsync(_laptop));
    }

    [Fact]
    public async Task Tries_are_bounded()
    {
        _passkey.IsForging = true;
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await ConfirmAsync(_laptop, _passkey);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }

        _passkey.IsForging = false;
        using var answer = await ConfirmAsync(_laptop, _passkey);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_counts_as_no_try_and_is_no_event()
    {
        var asked = await AskAsync(_laptop);
        var credential = _passkey.Get(asked.GetProperty("options").GetRawText());
        _host.Clock.Advance(TimeSpan.FromMinutes(6));
        for (var i = 0; i < 5; i++)
        {
            using var late = await _laptop.PostAsJsonAsync(Confirm, new { ticket = asked.GetProperty("ticket").GetString(), credential }, Token);
            Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
        }

        Assert.NotEqual("confirmation-failed", await LastEventAsync());
        using var answer = await ConfirmAsync(_laptop, _passkey);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Who_has_none_is_told_to_use_the_password()
    {
        using var ben = await SignedInAsync(await _host.CreateUserAsync());

        using var answer = await ben.PostAsJsonAsync(Options, new { }, Token);

        Assert.Equal("You have no passkey. Use your password.", await answer.ReadProblemAsync(HttpStatusCode.Conflict));
    }

    private async Task<HttpClient> SignedInAsync(TestUser? user = null)
    {
        var browser = await _host.BeginSessionAsync(user ?? _ana);
        await ApiHost.SendTokenAsync(browser);
        return browser;
    }

    private static async Task<JsonElement> AskAsync(HttpClient browser)
    {
        using var asked = await browser.PostAsJsonAsync(Options, new { }, Token);
        return await asked.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<HttpResponseMessage> ConfirmAsync(HttpClient browser, SoftPasskey passkey)
    {
        var asked = await AskAsync(browser);
        return await browser.PostAsJsonAsync(
            Confirm, new { ticket = asked.GetProperty("ticket").GetString(), credential = passkey.Get(asked.GetProperty("options").GetRawText()) }, Token);
    }

    private async Task<bool> IsRecentAsync(HttpClient browser)
    {
        var asker = SessionAsker.Of(await _host.PersonAsync(browser))!;
        return await _host.QueryAsync(context => _host.Get<RecentAuthentication>().IsRecentAsync(context, asker, Token));
    }

    private string CookieOf(HttpClient browser) => _host.CookiesOf(browser).GetCookies(_host.BaseAddress)["portal-session"]!.Value;

    private Task<string> LastEventAsync() => _host.QueryAsync(context =>
        Task.FromResult(context.AuditEvents.Where(row => row.SubjectId == _ana.Id).OrderByDescending(row => row.Id).Select(row => row.Kind).First()));
}
