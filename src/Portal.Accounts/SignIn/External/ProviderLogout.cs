using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn.External;

/// <remarks>
/// A token works once: its hash is kept as a one-time token that nobody holds, until long after it has expired. It stands in
/// the transaction that ends the sessions, so of two deliveries at once one ends them.
/// </remarks>
internal sealed partial class ProviderLogout(
    IDbContextFactory<PortalDbContext> contexts,
    SessionEnder ender,
    IOptions<ExternalProvidersOptions> providers,
    IOptionsMonitor<OpenIdConnectOptions> handlers,
    TimeProvider time,
    ILogger<ProviderLogout> logger) : IProviderLogout
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";
    private const int MaxLength = 16_384;

    /// <summary>A token that lives longer could be kept and used later (OWASP ASVS 10.5.5). Two minutes are usual, five the most that servers give by default.</summary>
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public async Task<ProviderLogoutOutcome> EndAsync(string scheme, string? logoutToken, CancellationToken cancellationToken)
    {
        if (providers.Value.Find(scheme) is null)
        {
            return new ProviderLogoutOutcome.NoSuchProvider();
        }

        if (logoutToken is not { Length: > 0 and <= MaxLength })
        {
            return Refuse(scheme, "logout_token is missing or too long.");
        }

        Verified verified;
        try
        {
            verified = await VerifyAsync(scheme, logoutToken, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException or IOException or TaskCanceledException)
        {
            Log.Unavailable(logger, scheme, exception);
            return new ProviderLogoutOutcome.Unavailable();
        }

        return verified.Why is { } why ? Refuse(scheme, why) : await EndAsync(scheme, verified, cancellationToken);
    }

    private async Task<Verified> VerifyAsync(string scheme, string logoutToken, CancellationToken cancellationToken)
    {
        var handler = handlers.Get(scheme);
        var manager = handler.ConfigurationManager ?? throw new InvalidOperationException("The provider has no metadata.");
        var result = await ValidateAsync(handler, await manager.GetConfigurationAsync(cancellationToken), logoutToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // It may have new keys. The manager asks at most every few minutes, however many such tokens come.
            manager.RequestRefresh();
            result = await ValidateAsync(handler, await manager.GetConfigurationAsync(cancellationToken), logoutToken);
        }

        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
        {
            return new Verified($"The token does not hold: {result.Exception?.GetType().Name ?? "not a token"}.");
        }

        return Check(token, takesUntyped: providers.Value.Find(scheme)?.AcceptUntypedLogout is true);
    }

    private static Task<TokenValidationResult> ValidateAsync(OpenIdConnectOptions handler, OpenIdConnectConfiguration provider, string token)
    {
        var parameters = ProviderHandlerOptions.Parameters();
        parameters.ValidIssuer = provider.Issuer;
        parameters.ValidAudience = handler.ClientId;
        parameters.IssuerSigningKeys = provider.SigningKeys;
        return new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, parameters);
    }

    /// <summary>What makes a signed token a logout token (Back-Channel Logout 1.0, section 2.4), and no other of the provider's.</summary>
    private Verified Check(JsonWebToken token, bool takesUntyped)
    {
        var now = time.GetUtcNow();
        var (subject, session) = (TextOf(token, "sub"), TextOf(token, "sid"));
        var (issued, expires) = (token.IssuedAt, token.ValidTo);
        var why = !IsLogout(token.Typ) && !(takesUntyped && token.Typ is null or "" or "JWT") ? "typ is not logout+jwt."
            : !token.TryGetPayloadValue<JsonElement>("events", out var events) || events.ValueKind is not JsonValueKind.Object
                || !events.TryGetProperty(LogoutEvent, out var happened) || happened.ValueKind is not JsonValueKind.Object ? "events does not say that somebody logged out."
            : token.TryGetPayloadValue<object>("nonce", out _) ? "nonce must not be there."
            : issued == DateTime.MinValue || issued > (now + Skew).UtcDateTime ? "iat is missing or lies ahead."
            : expires - issued > MaxLifetime ? "exp is more than five minutes after iat."
            : string.IsNullOrEmpty(token.Id) ? "jti is missing."
            : subject is null && session is null ? "Neither sub nor sid is there."
            : null;
        return new Verified(why, $"{token.Issuer} {token.Id}", new DateTimeOffset(expires, TimeSpan.Zero), subject, session);
    }

    internal async Task<ProviderLogoutOutcome> EndAsync(string scheme, Verified verified, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        context.OneTimeTokens.Add(OneTimeToken.Taken(OneTimeTokenPurpose.ProviderLogout, verified.Once, time.GetUtcNow(), verified.ExpiresAt + Skew));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return Refuse(scheme, "This token was used already.");
        }

        var which = SessionFilter.OfProvider(scheme, verified.Subject, verified.Session);
        var ended = await ender.MarkAsync(context, which, new SessionEnd(SessionEndReason.Provider), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new ProviderLogoutOutcome.Done(ender.Announce(ended));
    }

    /// <summary>A media type, whose case says nothing and which may be given whole (RFC 7515, 4.1.9).</summary>
    private static bool IsLogout(string? type) =>
        type is not null && (type.Equals("logout+jwt", StringComparison.OrdinalIgnoreCase) || type.Equals("application/logout+jwt", StringComparison.OrdinalIgnoreCase));

    private ProviderLogoutOutcome.Invalid Refuse(string scheme, string why)
    {
        Log.Refused(logger, scheme, why);
        return new ProviderLogoutOutcome.Invalid(why);
    }

    private static string? TextOf(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string>(name, out var text) && !string.IsNullOrEmpty(text) ? text : null;

    internal sealed record Verified(string? Why, string Once = "", DateTimeOffset ExpiresAt = default, string? Subject = null, string? Session = null);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A notice of {Scheme} that a session is over was refused: {Why}")]
        public static partial void Refused(ILogger logger, string scheme, string why);

        [LoggerMessage(2, LogLevel.Error, "A notice of {Scheme} could not be checked, for its keys cannot be had.")]
        public static partial void Unavailable(ILogger logger, string scheme, Exception exception);
    }
}
