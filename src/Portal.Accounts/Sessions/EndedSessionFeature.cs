using Microsoft.AspNetCore.Http;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>On a request whose cookie names an ended session: why it ended, so that the person can be told.</summary>
/// <param name="Reason">Why.</param>
public sealed record EndedSessionFeature(SessionEndReason Reason)
{
    internal static void Set(HttpContext? httpContext, SessionEndReason? reason)
    {
        if (reason is { } why)
        {
            httpContext?.Features.Set(new EndedSessionFeature(why));
        }
    }
}
