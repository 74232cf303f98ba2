using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn;
using Portal.Controls;

namespace Portal.Api;

/// <summary>
/// The caller's own live sessions. One that is not there, not theirs or ended already answers 404 alike. An end once asked
/// for is made, also when the caller hangs up.
/// </summary>
internal static class SessionsApi
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/sessions").RequireAuthorization().WithTags(ApiTags.Sessions);
        sessions.MapGet("", ListAsync).Named("listSessions", "The own live sessions, the one that asks first.");
        sessions.MapDelete("", EndOthersAsync).Named("endOtherSessions", "End all own sessions but the one that asks, after proving who one is.")
            .Refuses(StatusCodes.Status403Forbidden, ApiProblem.MayNeedProof);
        sessions.MapDelete("/{id}", EndAsync).Named("endSession", "End one of the own sessions; another than the one that asks after proving who one is.")
            .Reads(ParameterText.InPath("id", "The public id of a session.", ApiExamples.Session))
            .Refuses(StatusCodes.Status403Forbidden, ApiProblem.MayNeedProof)
            .Refuses(StatusCodes.Status404NotFound, "There is no such session, or it is not one's own.");
    }

    private static async Task<Ok<ListAnswer<Session>>> ListAsync(HttpContext http, ISessionService sessions)
    {
        List<Session> live = [.. (await sessions.ListAsync(http.User, http.RequestAborted)).Where(session => session.EndedAt is null).Select(Session.Of)];
        return TypedResults.Ok(new ListAnswer<Session>(live.Count, live));
    }

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> EndOthersAsync(HttpContext http, ISessionService sessions) =>
        Answer(await sessions.EndOthersAsync(http.User, CancellationToken.None), StatusCodes.Status401Unauthorized, "Sign in first.");

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> EndAsync(string id, HttpContext http, ISessionService sessions, ISignInService signIn)
    {
        var outcome = await sessions.EndAsync(http.User, id, CancellationToken.None);
        if (outcome is EndOutcome.Ended && id == http.User.SessionId())
        {
            await signIn.SignOutAsync(http);
            SiteData.Clear(http.Response);
        }

        return Answer(outcome, StatusCodes.Status404NotFound, "You have no such session.");
    }

    private static Results<Ok<EndedAnswer>, ApiProblem> Answer(EndOutcome outcome, int status, string notFound) => outcome switch
    {
        EndOutcome.Ended ended => TypedResults.Ok(new EndedAnswer(ended.Count, ended.Count > 0)),
        EndOutcome.NeedsRecentAuthentication => ApiProblem.NeedsProof(),
        _ => new ApiProblem(status, notFound),
    };

    /// <summary>A live session of one's own.</summary>
    /// <param name="Id">The public id; never the key.</param>
    /// <param name="Current">Whether it is the one that asks.</param>
    /// <param name="Online">Whether a tab of it is open and connected.</param>
    /// <param name="Tabs">How many tabs of interactive pages it has open.</param>
    /// <param name="Created">When it began.</param>
    /// <param name="LastSeen">When something of it was last heard.</param>
    /// <param name="Expires">When it ends by itself, if nothing more is heard of it.</param>
    /// <param name="Ip">The address, while it is kept.</param>
    /// <param name="Country">ISO 3166-1 alpha-2; null for unknown.</param>
    /// <param name="Browser">The browser's name.</param>
    /// <param name="BrowserVersion">The browser's version; null for unknown.</param>
    /// <param name="Os">The system's name.</param>
    /// <param name="Device">What kind of device it is: desktop, phone, tablet, …</param>
    /// <param name="Method">How it began, in the words of RFC 8176; "recovery" for a recovery code, for which that has none.</param>
    /// <param name="Impersonated">Whether an administrator acts in it as its person.</param>
    internal sealed record Session(
        string Id,
        bool Current,
        bool Online,
        int Tabs,
        DateTimeOffset Created,
        DateTimeOffset LastSeen,
        DateTimeOffset Expires,
        string? Ip,
        string? Country,
        string Browser,
        string? BrowserVersion,
        string Os,
        string Device,
        string Method,
        bool Impersonated) : IExample
    {
        public static object Example => new Session(
            ApiExamples.Session, true, true, 1, ApiExamples.Moment, ApiExamples.Moment.AddHours(1), ApiExamples.Moment.AddDays(14),
            "192.0.2.7", "NL", "Firefox", "140", "Linux", "desktop", "pwd", false);

        public static Session Of(SessionInfo session) => new(
            session.Id, session.IsCurrent, session.IsOnline, session.Tabs, session.CreatedAt, session.LastSeenAt, session.ExpiresAt,
            session.Ip, session.Country, session.Agent.Browser, session.Agent.BrowserVersion, session.Agent.Os,
            session.Agent.Device.ToString().ToLowerInvariant(), session.Method, session.IsImpersonation);
    }
}
