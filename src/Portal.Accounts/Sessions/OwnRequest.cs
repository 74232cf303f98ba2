using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.Sessions;

/// <summary>What writes cookies has a request of its own, and no circuit.</summary>
internal static class OwnRequest
{
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    public static void DemandResponse(this HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            throw new InvalidOperationException("The response has started; what was asked for writes a cookie and needs an HTTP request of its own.");
        }
    }
}
