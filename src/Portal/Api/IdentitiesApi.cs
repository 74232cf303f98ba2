using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts.SignIn.External;

namespace Portal.Api;

/// <summary>The caller's own linked identities. One is linked by way of its provider only, in a browser. One that is not there and not theirs answer 404 alike.</summary>
internal static class IdentitiesApi
{
    public static void MapIdentities(this IEndpointRouteBuilder api)
    {
        var identities = api.MapGroup("/identities").RequireAuthorization();
        identities.MapGet("", ListAsync);
        identities.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<Ok<Listed>> ListAsync(HttpContext http, IIdentityService identities)
    {
        var found = await identities.FindAsync(http.User, http.RequestAborted);
        List<Identity> results = [.. (found?.Linked ?? []).Select(linked => new Identity(
            linked.Id, linked.Scheme, linked.Provider, linked.ExternalId, linked.CreatedAt, found!.IsLastWayIn(linked)))];
        return TypedResults.Ok(new Listed(results.Count, results));
    }

    /// <summary>The other sessions end with it, as its box on the page is ticked; <c>others=false</c> keeps them.</summary>
    private static async Task<Results<Ok<Ended>, ApiProblem>> DeleteAsync(string id, HttpContext http, IIdentityService identities, bool? others) =>
        await identities.UnlinkAsync(http.User, id, others ?? true, CancellationToken.None) switch
        {
            UnlinkOutcome.Done done => TypedResults.Ok(new Ended(done.EndedSessions)),
            UnlinkOutcome.NotFound => new ApiProblem(StatusCodes.Status404NotFound, "You have no such identity."),
            UnlinkOutcome.LastWayIn => new ApiProblem(StatusCodes.Status409Conflict, "This is your only way in. Choose a password or link another identity first."),
            UnlinkOutcome.NeedsRecentAuthentication => new ApiProblem(StatusCodes.Status403Forbidden, "Prove who you are once more first: POST /api/confirm-password."),
            UnlinkOutcome.Impersonating => new ApiProblem(StatusCodes.Status403Forbidden, "Only the person themself may do that."),
            _ => new ApiProblem(StatusCodes.Status401Unauthorized, "Sign in first."),
        };

    private sealed record Listed(int Total, IReadOnlyList<Identity> Results);

    private sealed record Ended([property: System.Text.Json.Serialization.JsonPropertyName("ended")] int Count);

    private sealed record Identity(string Id, string Method, string MethodName, string ExternalId, DateTimeOffset Created, bool LastWayIn);
}
