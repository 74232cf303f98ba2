using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn;

namespace Portal.Api;

/// <summary>
/// The caller's own live sessions. One that is not there, not theirs or ended already answers 404 alike. An end once asked
/// for is made, also when the caller hangs up.
/// </summary>
internal static class SessionsApi
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/sessions").RequireAuthorization();
        sessions.MapGet("", ListAsync);
        sessions.MapDelete("", EndOthersAsync);
        sessions.MapDelete("/{id}", EndAsync);
    }

    private static async Task<Ok<Listed>> ListAsync(HttpContext http, ISessionService sessions)
    {
        List<Session> live = [.. (await sessions.ListAsync(http.User, http.RequestAborted)).Where(session => session.EndedAt is null).Select(Session.Of)];
        return TypedResults.Ok(new Listed(live.Count, live));
    }

    private static async Task<Ok<Ended>> EndOthersAsync(HttpContext http, ISessionService sessions) =>
        TypedResults.Ok(new Ended(await sessions.EndOthersAsync(http.User, CancellationToken.None)));

    private static async Task<Results<Ok<Ended>, ApiProblem>> EndAsync(string id, HttpContext http, ISessionService sessions, ISignInService signIn)
    {
        if (!await sessions.EndAsync(http.User, id, CancellationToken.None))
        {
            return new ApiProblem(StatusCodes.Status404NotFound, "You have no such session.");
        }

        if (id == http.User.SessionId())
        {
            await signIn.SignOutAsync(http);
        }

        return TypedResults.Ok(new Ended(1));
    }

    private sealed record Listed(int Total, IReadOnlyList<Session> Results);

    private sealed record Ended([property: System.Text.Json.Serialization.JsonPropertyName("ended")] int Count);

    private sealed record Session(
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
        bool Impersonated)
    {
        public static Session Of(SessionInfo session) => new(
            session.Id, session.IsCurrent, session.IsOnline, session.Tabs, session.CreatedAt, session.LastSeenAt, session.ExpiresAt,
            session.Ip, session.Country, session.Agent.Browser, session.Agent.BrowserVersion, session.Agent.Os,
            session.Agent.Device.ToString().ToLowerInvariant(), session.Method, session.IsImpersonation);
    }
}
