using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Tokens;

internal sealed class TokenService(
    TokenKeys keys,
    SessionStore sessions,
    IOptions<JwtOptions> options,
    IOptions<PortalOptions> portal,
    TimeProvider time) : ITokenService
{
    private const string Kind = "at+jwt";
    private const int MaxLength = 8192;

    private static readonly HashSet<string> Reserved =
    [
        JwtRegisteredClaimNames.Iss, JwtRegisteredClaimNames.Aud, JwtRegisteredClaimNames.Sub, JwtRegisteredClaimNames.Sid,
        JwtRegisteredClaimNames.Jti, JwtRegisteredClaimNames.Iat, JwtRegisteredClaimNames.Nbf, JwtRegisteredClaimNames.Exp,
        SessionClaims.KeyType,
    ];

    // Times are ours to judge: the handler would ask the machine's clock.
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    private string Issuer => options.Value.Issuer is { Length: > 0 } issuer ? issuer : portal.Value.PublicUrl.ToString().TrimEnd('/');

    private string Audience => options.Value.Audience is { Length: > 0 } audience ? audience : portal.Value.AbsoluteUrl("/api");

    public async Task<TokenInfo?> IssueAsync(ClaimsPrincipal person, IReadOnlyDictionary<string, object>? more, CancellationToken cancellationToken)
    {
        if (more?.Keys.FirstOrDefault(Reserved.Contains) is { } taken)
        {
            throw new ArgumentException($"The claim {taken} is the portal's own; choose another name.", nameof(more));
        }

        if (person.SessionId() is not { } sessionId || person.UserId() is not { } userId
            || await sessions.FindLiveAsync(sessionId, isSeen: false, key: null, cancellationToken) is not { } live || live.Life.UserId != userId)
        {
            return null;
        }

        // In whole seconds, as the claims are.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expiresAt = now + options.Value.Lifetime is var until && until < live.Life.AbsoluteExpiresAt ? until : live.Life.AbsoluteExpiresAt;
        var claims = more is null ? [] : new Dictionary<string, object>(more);
        claims[JwtRegisteredClaimNames.Sub] = userId.ToString(CultureInfo.InvariantCulture);
        claims[JwtRegisteredClaimNames.Sid] = sessionId;
        // Of the key they came by, even if it has gone meanwhile; by a sign-in of this moment there is none before it.
        claims[SessionClaims.KeyType] = (person.FindFirst(SessionClaims.KeyType) ?? live.Person.FindFirst(SessionClaims.KeyType))!.Value;
        claims[JwtRegisteredClaimNames.Jti] = Guid.CreateVersion7().ToString("N");
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Kind,
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(keys.Current, SecurityAlgorithms.HmacSha256),
        });
        return new TokenInfo(token, expiresAt - now);
    }

    public async Task<TokenOutcome> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > MaxLength || !handler.CanReadToken(token))
        {
            return new TokenOutcome.Malformed();
        }

        var read = await handler.ValidateTokenAsync(token, Expected);
        if (!read.IsValid)
        {
            return RefusalOf(read.Exception) is var refusal && refusal is TokenOutcome.Wrong && keys.Invenio is { } invenio
                ? await ReadOldAsync(token, invenio)
                : refusal;
        }

        // Who holds the secret may sign tokens without it; nobody else can take it out.
        var key = read.ClaimsIdentity.FindFirst(SessionClaims.KeyType)?.Value;
        return read.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Sid)?.Value is { } sessionId
            && await sessions.FindLiveAsync(sessionId, isSeen: true, key, cancellationToken) is { } live
            && read.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Sub)?.Value == live.Life.UserId.ToString(CultureInfo.InvariantCulture)
            && (key is null || live.Person.HasClaim(SessionClaims.KeyType, key))
                ? new TokenOutcome.Accepted(live.Person, read.ClaimsIdentity)
                : new TokenOutcome.Ended();
    }

    private async Task<TokenOutcome> ReadOldAsync(string token, SecurityKey key)
    {
        var read = await handler.ValidateTokenAsync(token, Old(key));
        return read.IsValid
            ? new TokenOutcome.Foreign(read.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Sub)?.Value, read.ClaimsIdentity)
            : RefusalOf(read.Exception);
    }

    private TokenValidationParameters Expected => new()
    {
        IssuerSigningKeys = keys.Believed,
        TryAllIssuerSigningKeys = true,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        ValidIssuer = Issuer,
        ValidAudience = Audience,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        LifetimeValidator = IsInTime,
        TypeValidator = KindOf,
    };

    /// <summary>Tokens that say little: who, and until when.</summary>
    private TokenValidationParameters Old(SecurityKey key) => new()
    {
        IssuerSigningKey = key,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        ValidateIssuer = false,
        ValidateAudience = false,
        LifetimeValidator = IsInTime,
        TypeValidator = PlainKindOf,
    };

    private static string KindOf(string type, SecurityToken token, TokenValidationParameters parameters) =>
        type == Kind ? PlainKindOf(type, token, parameters) : throw new SecurityTokenInvalidTypeException("It is of another kind.") { InvalidType = type };

    /// <summary>Of any kind, but asking for nothing that must be understood: nothing of the sort is understood here (RFC 7515, 4.1.11).</summary>
    private static string PlainKindOf(string type, SecurityToken token, TokenValidationParameters parameters) =>
        ((JsonWebToken)token).TryGetHeaderValue<object>("crit", out _) ? throw new SecurityTokenInvalidTypeException("It asks for what is not understood.") { InvalidType = type } : type;

    private static TokenOutcome RefusalOf(Exception exception) => exception switch
    {
        SecurityTokenExpiredException => new TokenOutcome.Expired(),
        SecurityTokenMalformedException or ArgumentException => new TokenOutcome.Malformed(),
        _ => new TokenOutcome.Wrong(),
    };

    private bool IsInTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is null ? throw new SecurityTokenNoExpirationException("It has no end.")
            : expires <= now ? throw new SecurityTokenExpiredException("It has expired.") { Expires = expires.Value }
            : notBefore is null || notBefore <= now;
    }
}
