using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn.External;

/// <summary>What a provider says is believed only where it holds: each token is right but for one thing.</summary>
public sealed class ProviderTokenTests(ExternalHost shared) : IClassFixture<ExternalHost>, IAsyncLifetime
{
    private readonly PortalHost _host = shared.Host;

    public static TheoryData<string> Faults => ["tampered", "expired", "wrong audience", "wrong issuer", "unsigned", "another key", "shared secret", "wrong nonce", "no nonce", "no subject"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        shared.Provider.Tamper = null;
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("ASVS", "6.8.2")]
    [Trait("ASVS", "10.5.1")]
    [Trait("ASVS", "10.5.2")]
    [Trait("ASVS", "10.5.3")]
    [Trait("ASVS", "10.5.4")]
    public async Task A_token_that_does_not_hold_signs_nobody_in(string fault)
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();
        shared.Provider.Tamper = token => Spoil(token, fault);

        Assert.Equal("/login?external=failed", await shared.SignInAsync(browser, person));

        Assert.False(await browser.IsSignedInAsync());
        Assert.Empty(await _host.SessionsOfAsync(user, Token));
        using var page = await browser.GetAsync("/register/external", Token);
        Assert.Contains("There is nothing to register with.", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_token_signed_anew_and_not_spoilt_signs_in()
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();
        shared.Provider.Tamper = token => shared.Resign(token, _ => { });

        Assert.Equal("/account", await shared.SignInAsync(browser, person));
        Assert.Single(await _host.SessionsOfAsync(user, Token));
    }

    [Fact]
    [Trait("ASVS", "10.5.1")]
    public async Task The_way_back_works_once_and_in_its_own_browser()
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();
        using var thief = _host.CreateClient("198.51.100.41");
        var callback = await shared.VisitAsync(await ExternalHost.LeaveAsync(browser), person);

        Assert.Equal("/login?external=expired", await ExternalHost.ReturnAsync(thief, callback));
        Assert.Equal("/account", await ExternalHost.ReturnAsync(browser, callback));
        Assert.Equal("/login?external=expired", await ExternalHost.ReturnAsync(browser, callback));

        Assert.False(await thief.IsSignedInAsync());
        Assert.Single(await _host.SessionsOfAsync(user, Token));
    }

    [Fact]
    [Trait("ASVS", "10.2.1")]
    public async Task A_code_of_another_way_is_worth_nothing()
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();
        using var thief = _host.CreateClient("198.51.100.42");
        var callback = await shared.VisitAsync(await ExternalHost.LeaveAsync(browser), person);
        var own = await shared.VisitAsync(await ExternalHost.LeaveAsync(thief), new ProviderPerson("thief"));

        // The thief's own state with the code of somebody else: the verifier of PKCE does not fit.
        Assert.Equal("/login?external=failed", await ExternalHost.ReturnAsync(thief, WithCodeOf(own, callback)));

        Assert.False(await thief.IsSignedInAsync());
        Assert.Equal(0, await _host.QueryAsync(context => context.Sessions.CountAsync(row => row.UserId == user.Id, Token)));
    }

    private static string WithCodeOf(string own, string other)
    {
        var query = System.Web.HttpUtility.ParseQueryString(own[own.IndexOf('?', StringComparison.Ordinal)..]);
        query["code"] = System.Web.HttpUtility.ParseQueryString(other[other.IndexOf('?', StringComparison.Ordinal)..])["code"];
        return $"{own[..own.IndexOf('?', StringComparison.Ordinal)]}?{query}";
    }

    private string Spoil(string token, string fault)
    {
        var parts = token.Split('.');
        return fault switch
        {
            "tampered" => $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("\"sub\":\"", "\"sub\":\"x", StringComparison.Ordinal))}.{parts[2]}",
            "expired" => shared.Resign(token, payload => payload["exp"] = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeSeconds()),
            "wrong audience" => shared.Resign(token, payload => payload["aud"] = "another-portal"),
            "wrong issuer" => shared.Resign(token, payload => payload["iss"] = "https://evil.example/"),
            "unsigned" => $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}")}.{parts[1]}.",
            "another key" => shared.Resign(token, _ => { }, new RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)) { KeyId = "provider" }),
            "shared secret" => shared.Resign(token, _ => { }, new SymmetricSecurityKey(Encoding.UTF8.GetBytes(shared.Provider.ClientSecret)), SecurityAlgorithms.HmacSha256),
            "wrong nonce" => shared.Resign(token, payload => payload["nonce"] = "of another way"),
            "no nonce" => shared.Resign(token, payload => payload.Remove("nonce")),
            "no subject" => shared.Resign(token, payload => payload.Remove("sub")),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
        };
    }
}
