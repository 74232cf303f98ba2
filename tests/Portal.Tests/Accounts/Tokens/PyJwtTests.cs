using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Sessions;
using Portal.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Tests.Accounts.Tokens;

/// <summary>What others make of our tokens, and we of theirs: PyJWT, as Debian has it. Skipped where it is not installed.</summary>
public sealed class PyJwtTests : IAsyncLifetime
{
    private const string Key = "a key that both sides were told of";

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(options => options.Settings["Jwt:Key"] = Key);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task PyJWT_reads_our_tokens_and_we_read_its()
    {
        await DebianPython.DemandAsync("jwt");
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        var person = await _host.PersonAsync(browser);
        var tokens = _host.Services.GetRequiredService<ITokenService>();
        var issued = (await tokens.IssueAsync(person, cancellationToken: Token))!;
        var (issuer, audience) = (_host.BaseAddress.GetLeftPart(UriPartial.Authority), _host.BaseAddress + "api");

        var read = await DebianPython.RunAsync(
            "import jwt, sys; key, token, iss, aud = sys.argv[1:]; print(jwt.decode(token, key, algorithms=['HS256'], issuer=iss, audience=aud, options={'require': ['exp', 'iat', 'nbf', 'sub', 'jti']})['sid'])",
            Key, issued.AccessToken, issuer, audience);
        var written = await DebianPython.RunAsync(
            "import jwt, sys; key, sub, sid, now, iss, aud = sys.argv[1:]; print(jwt.encode({'iss': iss, 'aud': aud, 'sub': sub, 'sid': sid, 'iat': int(now), 'nbf': int(now), 'exp': int(now) + 60, 'jti': 'one'}, key, algorithm='HS256', headers={'typ': 'at+jwt'}))",
            Key, user.Id.ToString(CultureInfo.InvariantCulture), person.SessionId()!, _host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), issuer, audience);

        Assert.Equal(person.SessionId(), read);
        Assert.Equal(user.Id, Assert.IsType<TokenOutcome.Accepted>(await tokens.ReadAsync(written!, Token)).Person.UserId());
    }
}
