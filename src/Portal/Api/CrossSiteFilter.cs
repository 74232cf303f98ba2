using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using Portal.Accounts;
using Portal.Accounts.Sessions;
using Portal.Accounts.Tokens;

namespace Portal.Api;

/// <summary>
/// Refuses what another site made a browser send (OWASP ASVS 3.5.1). Unsafe methods only: reading has no effect, and its
/// answer stays out of the other site's reach.
/// </summary>
/// <remarks>
/// Somebody signed in must send the token of <c>GET /api/antiforgery</c> in a header, which no other site can read or set.
/// Somebody anonymous has nothing to protect but the sign-in itself, into which an attacker could lure them with an
/// account of his own; there the browser's word on where the request comes from decides, and a program, which says
/// nothing, passes. That word counts for those signed in too. Whoever brings an access token was not made to by another site.
/// </remarks>
internal sealed partial class CrossSiteFilter(
    IAntiforgery antiforgery,
    IOptions<AntiforgeryOptions> options,
    IOptions<PortalOptions> portal,
    ILogger<CrossSiteFilter> logger) : IEndpointFilter
{
    /// <summary>Whether a request by it only reads (RFC 9110, section 9.2.1).</summary>
    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (IsSafe(http.Request.Method) || http.IsByToken())
        {
            return await next(context);
        }

        if (!ComesFromHere(http.Request))
        {
            Note("another site sent it");
            return new ApiProblem(StatusCodes.Status403Forbidden, "Another site sent this request.");
        }

        // The header is looked for first: without one the framework would read the body for a form field.
        var header = options.Value.HeaderName!;
        if (http.User.Identity?.IsAuthenticated != true
            || (http.Request.Headers.ContainsKey(header) && await antiforgery.IsRequestValidAsync(http)))
        {
            return await next(context);
        }

        Note("its antiforgery token is missing or wrong");
        return new ApiProblem(StatusCodes.Status403Forbidden, $"Send the token of GET {PortalUrls.ApiPath}/antiforgery in the header {header}. It changes with every sign-in.");

        void Note(string why) => Log.Refused(
            logger, http.GetEndpoint()?.DisplayName, why, http.User.UserId(), http.User.SessionId(), http.Connection.RemoteIpAddress);
    }

    /// <summary>What the browser says: Sec-Fetch-Site, else Origin. "same-site" is a neighbour under the same domain, and another site all the same.</summary>
    private bool ComesFromHere(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
        {
            return site is ["same-origin"] or ["none"];
        }

        // Behind a proxy that ends TLS the request's own scheme and host are not those the browser knows.
        return request.Headers.Origin is not { Count: > 0 } origin
            || (origin is [{ } only]
                && (only.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
                    || only.Equals(portal.Value.PublicUrl.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)));
    }

    private static partial class Log
    {
        // The endpoint by its pattern: the address that was sent is other people's text.
        [LoggerMessage(1, LogLevel.Warning, "A request to {Endpoint} was refused, because {Why}; user {UserId} in session {SessionId} at {Address}.")]
        public static partial void Refused(ILogger logger, string? endpoint, string why, long? userId, string? sessionId, System.Net.IPAddress? address);
    }
}
