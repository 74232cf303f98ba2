using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Tokens;

/// <summary>Knows who asks by the token in the Authorization header (RFC 6750), for REST alone. Signing out ends its session.</summary>
internal sealed class BearerHandler(
    ITokenService tokens,
    SessionEnder ender,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder) : SignOutAuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = SessionSchemes.Bearer + " ";

    /// <summary>The scheme of a request that brings a token, whatever cookie it brings beside; null for one that does not.</summary>
    public static string? SchemeFor(HttpContext http) => http.Request.Path.StartsWithSegments("/api") && TokenOf(http.Request) is not null ? SessionSchemes.Bearer : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() => TokenOf(Request) switch
    {
        null => AuthenticateResult.NoResult(),
        var token => await tokens.ReadAsync(token, Context.RequestAborted) switch
        {
            TokenOutcome.Accepted accepted => AuthenticateResult.Success(new AuthenticationTicket(accepted.Person, Scheme.Name)),
            TokenOutcome.Refused refused => Refuse(refused),
            // A token of another installation may be read; it signs nobody in.
            _ => Refuse(new TokenOutcome.Wrong()),
        },
    };

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = result.Failure is { } failure
            ? $"{SessionSchemes.Bearer} error=\"invalid_token\", error_description=\"{failure.Message}\""
            : SessionSchemes.Bearer;
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        if ((await HandleAuthenticateOnceSafeAsync()).Principal?.SessionId() is { } sessionId)
        {
            // Whoever signs out and hangs up has signed out.
            await ender.EndAsync(SessionFilter.One(sessionId), new SessionEnd(SessionEndReason.You), CancellationToken.None);
        }
    }

    private AuthenticateResult Refuse(TokenOutcome.Refused refused)
    {
        Context.Features.Set(new RefusedTokenFeature(refused));
        return AuthenticateResult.Fail(refused.Reason);
    }

    private static string? TokenOf(HttpRequest request) =>
        request.Headers[HeaderNames.Authorization] is [{ } header] && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;
}
