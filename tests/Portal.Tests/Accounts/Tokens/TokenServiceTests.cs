using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Sessions;
using Portal.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Tests.Accounts.Tokens;

public sealed partial class TokenServiceTests : IAsyncLifetime
{
    private const string Key = "the key that signs in these tests";
    private const string Previous = "the key that signed before, in these tests";
    private const string Invenio = "short";

    private PortalHost _host = null!;
    private TestUser _user = null!;
    private HttpClient _browser = null!;
    private ClaimsPrincipal _person = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ITokenService Tokens => _host.Services.GetRequiredService<ITokenService>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync(options =>
        {
            options.Settings["Jwt:Key"] = Key;
            options.Settings["Jwt:PreviousKey"] = Previous;
            options.Settings["Jwt:InvenioKey"] = Invenio;
        });
        _user = await _host.CreateUserAsync();
        _browser = await _host.BeginSessionAsync(_user);
        _person = await _host.PersonAsync(_browser);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_token_says_who_in_which_session_for_whom_and_how_long()
    {
        var issued = (await Tokens.IssueAsync(_person, new Dictionary<string, object> { ["scope"] = "read" }, Token))!;

        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = Part(issued.AccessToken, 1);
        Assert.Equal(
            ["aud", "exp", "iat", "iss", "jti", "nbf", "scope", "session_key", "sid", "sub"],
            claims.Select(claim => claim.Key).Order(StringComparer.Ordinal));
        Assert.Equal($"{_user.Id}", (string?)claims["sub"]);
        Assert.Equal(_person.SessionId(), (string?)claims["sid"]);
        Assert.Equal((now, now, now + 3600), ((long)claims["iat"]!, (long)claims["nbf"]!, (long)claims["exp"]!));
        Assert.Equal((_host.BaseAddress.GetLeftPart(UriPartial.Authority), _host.BaseAddress + "api"), ((string?)claims["iss"], (string?)claims["aud"]));
        Assert.Equal(("HS256", "at+jwt"), ((string?)Part(issued.AccessToken, 0)["alg"], (string?)Part(issued.AccessToken, 0)["typ"]));
        Assert.Equal(TimeSpan.FromHours(1), issued.ExpiresIn);
        var accepted = Assert.IsType<TokenOutcome.Accepted>(await Tokens.ReadAsync(issued.AccessToken, Token));
        Assert.Equal((_user.Id, _person.SessionId()), (accepted.Person.UserId(), accepted.Person.SessionId()));
        Assert.Equal("read", accepted.Token.FindFirst("scope")?.Value);
    }

    [Fact]
    public async Task No_two_tokens_are_the_same()
    {
        var one = (await Tokens.IssueAsync(_person, cancellationToken: Token))!;
        var other = (await Tokens.IssueAsync(_person, cancellationToken: Token))!;

        Assert.NotEqual((string?)Part(one.AccessToken, 1)["jti"], (string?)Part(other.AccessToken, 1)["jti"]);
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("sid")]
    [InlineData("aud")]
    [InlineData("iss")]
    [InlineData("jti")]
    [InlineData("iat"), InlineData("nbf"), InlineData("exp")]
    public async Task What_a_token_says_of_itself_cannot_be_overridden(string claim)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => Tokens.IssueAsync(_person, new Dictionary<string, object> { [claim] = "1" }, Token));

        Assert.Contains(claim, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "9.2.1")]
    public async Task A_token_is_worth_nothing_from_its_last_second_on()
    {
        var issued = (await Tokens.IssueAsync(_person, cancellationToken: Token))!;

        _host.Clock.Advance(TimeSpan.FromSeconds(3599) - TimeSpan.FromTicks(_host.Clock.GetUtcNow().Ticks % TimeSpan.TicksPerSecond));
        Assert.IsType<TokenOutcome.Accepted>(await Tokens.ReadAsync(issued.AccessToken, Token));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<TokenOutcome.Expired>(await Tokens.ReadAsync(issued.AccessToken, Token));
    }

    [Fact]
    [Trait("ASVS", "9.2.1")]
    public async Task A_token_of_the_future_is_not_taken()
    {
        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();

        Assert.IsType<TokenOutcome.Accepted>(await Tokens.ReadAsync(Signed(claims => claims["nbf"] = now), Token));
        Assert.IsType<TokenOutcome.Wrong>(await Tokens.ReadAsync(Signed(claims => claims["nbf"] = now + 1), Token));
    }

    [Fact]
    public async Task A_token_never_outlives_its_session()
    {
        using var admin = await _host.BeginSessionAsync(await _host.CreateUserAsync(roles: "admin"));
        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromHours(11.5); waited += TimeSpan.FromMinutes(30))
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(30));
            Assert.True(await admin.IsSignedInAsync());
        }

        var issued = (await Tokens.IssueAsync(await _host.PersonAsync(admin), cancellationToken: Token))!;

        Assert.InRange(issued.ExpiresIn, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(31));
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_token_stops_with_its_session_and_no_other_does()
    {
        var issued = (await Tokens.IssueAsync(_person, cancellationToken: Token))!;
        using var other = await _host.BeginSessionAsync(_user);
        var others = (await Tokens.IssueAsync(await _host.PersonAsync(other), cancellationToken: Token))!;

        await _host.EndSessionAsync(_person.SessionId()!, Token);

        Assert.IsType<TokenOutcome.Ended>(await Tokens.ReadAsync(issued.AccessToken, Token));
        Assert.IsType<TokenOutcome.Accepted>(await Tokens.ReadAsync(others.AccessToken, Token));
        Assert.Null(await Tokens.IssueAsync(_person, cancellationToken: Token));
    }

    [Fact]
    public async Task A_token_of_somebody_elses_session_opens_nothing()
    {
        using var neighbour = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        var theirs = (await _host.PersonAsync(neighbour)).SessionId();

        Assert.IsType<TokenOutcome.Ended>(await Tokens.ReadAsync(Signed(claims => claims["sid"] = theirs), Token));
        Assert.IsType<TokenOutcome.Ended>(await Tokens.ReadAsync(Signed(claims => claims.Remove("sid")), Token));
    }

    [Fact]
    public async Task The_key_before_the_last_is_believed_and_signs_nothing()
    {
        Assert.IsType<TokenOutcome.Accepted>(await Tokens.ReadAsync(Signed(key: Previous), Token));

        var issued = (await Tokens.IssueAsync(_person, cancellationToken: Token))!.AccessToken.Split('.');
        Assert.Equal(Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.ASCII.GetBytes($"{issued[0]}.{issued[1]}"))), issued[2]);
    }

    [Theory]
    [InlineData("17")]
    [InlineData("\"17\"")]
    public async Task An_old_token_of_Invenio_can_be_read_and_signs_nobody_in(string subject)
    {
        string Old(JsonObject header) => Compact(
            header,
            new JsonObject { ["sub"] = JsonNode.Parse(subject), ["exp"] = _host.Clock.GetUtcNow().ToUnixTimeSeconds() + 60, ["jti"] = "1" },
            text => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Invenio), text));

        var token = Old(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT" });
        Assert.Equal("17", Assert.IsType<TokenOutcome.Foreign>(await Tokens.ReadAsync(token, Token)).Subject);
        Assert.IsType<TokenOutcome.Foreign>(await Tokens.ReadAsync(Old(new JsonObject { ["alg"] = "HS256" }), Token));
        Assert.IsType<TokenOutcome.Wrong>(await Tokens.ReadAsync(Old(new JsonObject { ["alg"] = "HS256", ["crit"] = new JsonArray("x"), ["x"] = "1" }), Token));
        _host.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.IsType<TokenOutcome.Expired>(await Tokens.ReadAsync(token, Token));
    }

    /// <summary>A token as ours would be, but for what is changed.</summary>
    private string Signed(
        Action<JsonObject>? claims = null, Action<JsonObject>? header = null, string key = Key, string alg = "HS256", Func<byte[], byte[]>? sign = null)
    {
        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        var head = new JsonObject { ["alg"] = alg, ["typ"] = "at+jwt" };
        var body = new JsonObject
        {
            ["iss"] = _host.BaseAddress.GetLeftPart(UriPartial.Authority),
            ["aud"] = _host.BaseAddress + "api",
            ["sub"] = $"{_user.Id}",
            ["sid"] = _person.SessionId(),
            ["jti"] = Guid.CreateVersion7().ToString("N"),
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 60,
        };
        header?.Invoke(head);
        claims?.Invoke(body);
        return Compact(head, body, sign ?? (text => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), text)));
    }

    private static string Compact(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static JsonObject Part(string token, int index) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[index]))!.AsObject();

    private static void Put(JsonObject target, string name, string? value)
    {
        if (value is null)
        {
            target.Remove(name);
        }
        else
        {
            target[name] = value;
        }
    }
}
