using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Portal.Accounts.Sessions;

namespace Portal.Shell;

/// <summary>
/// Notes who was refused what: people who are signed in and lack the permission (OWASP ASVS 16.3.2), and requests that did
/// not come from this site's own pages (16.3.3). Endpoints are named by their pattern, never by the address that was sent,
/// which is other people's text.
/// </summary>
internal sealed partial class RefusalLog(ILogger<RefusalLog> logger) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler usual = new();

    /// <summary>Every page and endpoint that asks for more than being signed in comes by here.</summary>
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden)
        {
            Log.Forbidden(
                logger, context.User.UserId(), context.User.SessionId(), context.Connection.RemoteIpAddress, context.Request.Method, context.GetEndpoint()?.DisplayName);
        }

        return usual.HandleAsync(next, context, policy, authorizeResult);
    }

    /// <summary>A form without the token of its page.</summary>
    public void LookAtForm(HttpContext http)
    {
        if (http.Response.StatusCode is StatusCodes.Status400BadRequest && http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
        {
            Log.Forged(logger, http.GetEndpoint()?.DisplayName, http.User.UserId(), http.User.SessionId(), http.Connection.RemoteIpAddress);
        }
    }

    /// <summary>A circuit that a page of another origin asked for.</summary>
    public void ForeignCircuit(HttpContext http) => Log.ForeignCircuit(logger, http.Connection.RemoteIpAddress);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "User {UserId} in session {SessionId} at {Address} may not {Method} {Endpoint}.")]
        public static partial void Forbidden(ILogger logger, long? userId, string? sessionId, System.Net.IPAddress? address, string method, string? endpoint);

        [LoggerMessage(2, LogLevel.Warning, "A form sent to {Endpoint} without a right antiforgery token was refused; user {UserId} in session {SessionId} at {Address}.")]
        public static partial void Forged(ILogger logger, string? endpoint, long? userId, string? sessionId, System.Net.IPAddress? address);

        [LoggerMessage(3, LogLevel.Warning, "A page of another origin asked for a circuit and was refused, at {Address}.")]
        public static partial void ForeignCircuit(ILogger logger, System.Net.IPAddress? address);
    }
}
