using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Portal.Accounts.Events;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn.External;

/// <summary>A provider says that somebody's session there is over (OpenID Connect Back-Channel Logout 1.0).</summary>
public sealed class ProviderLogoutTests(ExternalHost shared) : IClassFixture<ExternalHost>
{
    private readonly PortalHost _host = shared.Host;

    public static TheoryData<string> Faults =>
    [
        "no event", "event of another kind", "a nonce", "no jti", "neither sub nor sid", "no iat", "iat ahead", "no exp", "a long life", "expired",
        "wrong audience", "wrong issuer", "another key", "unsigned", "another type", "a plain type", "nothing", "an ID token",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "7.6.1")]
    public async Task It_ends_exactly_the_session_that_it_names_at_once()
    {
        var (user, person) = await shared.LinkedAsync();
        using var one = _host.CreateClient();
        using var two = _host.CreateClient();
        using var byPassword = await _host.BeginSessionAsync(user);
        await shared.SignInAsync(one, person with { Session = $"one-{user.Id}" });
        await shared.SignInAsync(two, person with { Session = $"two-{user.Id}" });
        List<AccountEvent> heard = [];
        using var subscription = _host.Get<IAccountEvents>().Subscribe(heard.Add);

        using var answer = await SendAsync(Notice(sid: $"one-{user.Id}", sub: person.Subject));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal((false, true, true), (await one.IsSignedInAsync(), await two.IsSignedInAsync(), await byPassword.IsSignedInAsync()));
        var ended = Assert.Single(heard.OfType<AccountEvent.SessionsEnded>());
        Assert.Equal((user.Id, SessionEndReason.Provider), (ended.UserId, ended.Reason));
        Assert.Equal("provider", (await _host.RowAsync(Assert.Single(ended.SessionIds))).EndReason);
        Assert.Contains("The provider you signed in with ended this session.", await one.GetStringAsync("/signed-out?reason=provider", Token), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "10.5.5")]
    public async Task An_older_servers_plain_notice_is_taken_where_the_settings_say_so()
    {
        await using var portal = await shared.StartPortalAsync(options => options.Settings["ExternalProviders:0:AcceptUntypedLogout"] = "true");

        using var plain = await SendAsync(shared.Sign(Payload(sid: "nobodys", sub: null), type: "JWT"), portal: portal);
        using var other = await SendAsync(shared.Sign(Payload("nobodys", null), type: "at+jwt"), portal: portal);
        using var elsewhere = await SendAsync(shared.Sign(Payload("nobodys", null), type: "JWT"), ExternalHost.OtherScheme, portal);

        using var whole = await SendAsync(shared.Sign(Payload(sid: "nobodys", sub: null), type: "application/Logout+JWT"), ExternalHost.OtherScheme, portal);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (plain.StatusCode, other.StatusCode, elsewhere.StatusCode));
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
    }

    [Fact]
    public async Task Without_a_session_it_ends_all_of_that_subject_at_that_provider()
    {
        var (user, person) = await shared.LinkedAsync();
        await _host.LinkAsync(user, person.Subject, ExternalHost.OtherScheme);
        using var one = _host.CreateClient();
        using var two = _host.CreateClient();
        using var other = _host.CreateClient();
        using var byPassword = await _host.BeginSessionAsync(user);
        await shared.SignInAsync(one, person with { Session = "a" });
        await shared.SignInAsync(two, person);
        await shared.SignInAsync(other, person, ExternalHost.OtherScheme);

        using var answer = await SendAsync(Notice(sub: person.Subject));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            (false, false, true, true),
            (await one.IsSignedInAsync(), await two.IsSignedInAsync(), await other.IsSignedInAsync(), await byPassword.IsSignedInAsync()));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("ASVS", "10.5.5")]
    public async Task A_notice_that_does_not_hold_ends_nothing(string fault)
    {
        var (_, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();
        await shared.SignInAsync(browser, person with { Session = $"s-{person.Subject}" });

        using var answer = await SendAsync(Spoilt(fault, $"s-{person.Subject}", person.Subject));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Contains("\"error\":\"invalid_request\"", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "10.5.5")]
    public async Task A_notice_works_once()
    {
        var (_, person) = await shared.LinkedAsync();
        var notice = Notice(sub: person.Subject);
        using var first = await SendAsync(notice);
        using var browser = _host.CreateClient();
        await shared.SignInAsync(browser, person);

        using var again = await SendAsync(notice);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (first.StatusCode, again.StatusCode));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_subject_does_not_end_anothers_session_by_its_name()
    {
        var (_, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();
        await shared.SignInAsync(browser, person with { Session = $"mine-{person.Subject}" });

        using var answer = await SendAsync(Notice(sid: $"mine-{person.Subject}", sub: "somebody else"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_provider_that_nobody_configured_is_not_there()
    {
        using var answer = await SendAsync(Notice(sub: "x"), "nobody");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private JsonObject Payload(string? sid, string? sub)
    {
        var now = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToUnixTimeSeconds();
        var payload = new JsonObject
        {
            ["iss"] = shared.Provider.Authority.ToString(),
            ["aud"] = "portal",
            ["iat"] = now,
            ["exp"] = now + 120,
            ["jti"] = Guid.CreateVersion7().ToString(),
            ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
        };
        if (sid is not null)
        {
            payload["sid"] = sid;
        }

        if (sub is not null)
        {
            payload["sub"] = sub;
        }

        return payload;
    }

    private string Notice(string? sid = null, string? sub = null) => shared.Sign(Payload(sid, sub), type: "logout+jwt");

    private string Spoilt(string fault, string sid, string sub)
    {
        var payload = Payload(sid, sub);
        var (iat, type, key) = (payload["iat"]!.GetValue<long>(), "logout+jwt", (SecurityKey?)null);
        switch (fault)
        {
            case "no event":
                payload.Remove("events");
                break;
            case "event of another kind":
                payload["events"] = new JsonObject { ["http://schemas.openid.net/event/something-else"] = new JsonObject() };
                break;
            case "a nonce":
                payload["nonce"] = "n";
                break;
            case "no jti":
                payload.Remove("jti");
                break;
            case "neither sub nor sid":
                payload.Remove("sub");
                payload.Remove("sid");
                break;
            case "no iat":
                payload.Remove("iat");
                break;
            case "iat ahead":
                (payload["iat"], payload["exp"]) = (iat + 3600, iat + 3700);
                break;
            case "no exp":
                payload.Remove("exp");
                break;
            case "a long life":
                payload["exp"] = iat + 3600;
                break;
            case "expired":
                (payload["iat"], payload["exp"]) = (iat - 3600, iat - 3500);
                break;
            case "wrong audience":
                payload["aud"] = "another-portal";
                break;
            case "wrong issuer":
                payload["iss"] = "https://evil.example/";
                break;
            case "another key":
                key = new RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "provider" };
                break;
            case "unsigned":
                return $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"logout+jwt\"}")}.{Base64UrlEncoder.Encode(payload.ToJsonString())}.";
            case "another type":
                type = "at+jwt";
                break;
            case "a plain type":
                type = "JWT";
                break;
            case "nothing":
                return "";
            case "an ID token":
                (payload["nonce"], type) = ("n", "JWT");
                payload.Remove("events");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }

        return shared.Sign(payload, key, type: type);
    }

    private async Task<HttpResponseMessage> SendAsync(string notice, string scheme = ExternalHost.Scheme, PortalHost? portal = null)
    {
        using var provider = (portal ?? _host).CreateClient("203.0.113.9", "provider/1.0");
        return await provider.PostAsync($"/backchannel-logout/{scheme}", new FormUrlEncodedContent([new("logout_token", notice)]), Token);
    }
}
