using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.SignIn.External;

namespace Portal.Api;

/// <summary>The caller's own linked identities. One is linked by way of its provider only, in a browser. One that is not there and not theirs answer 404 alike.</summary>
internal static class IdentitiesApi
{
    public static void MapIdentities(this IEndpointRouteBuilder api)
    {
        var identities = api.MapGroup("/identities").RequireAuthorization().WithTags(ApiTags.Account);
        identities.MapGet("", ListAsync).Named("listIdentities", "The own linked identities.");
        identities.MapDelete("/{id}", DeleteAsync).Named("unlinkIdentity", "Unlink one of them; the other sessions end with it unless others is false.")
            .Reads(
                ParameterText.InPath("id", "The id of a linked identity.", ApiExamples.Key),
                ParameterText.Flag("others", "Whether the other sessions end with it; true when left out."))
            .Refuses(StatusCodes.Status403Forbidden, ApiProblem.MayNeedProof)
            .Refuses(StatusCodes.Status404NotFound, "There is no such identity, or it is not one's own.")
            .Refuses(StatusCodes.Status409Conflict, "It is the only way in.");
    }

    private static async Task<Ok<ListAnswer<Identity>>> ListAsync(HttpContext http, IIdentityService identities)
    {
        var found = await identities.FindAsync(http.User, http.RequestAborted);
        List<Identity> results = [.. (found?.Linked ?? []).Select(linked => new Identity(
            linked.Id, linked.Scheme, linked.Provider, linked.ExternalId, linked.CreatedAt, found!.IsLastWayIn(linked)))];
        return TypedResults.Ok(new ListAnswer<Identity>(results.Count, results));
    }

    /// <summary>The other sessions end with it, as its box on the page is ticked; <c>others=false</c> keeps them.</summary>
    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> DeleteAsync(string id, HttpContext http, IIdentityService identities, string? others)
    {
        List<FieldError> errors = [];
        var alsoOthers = ListParameters.ReadFlag(errors, "others", others) ?? true;
        return errors.Count > 0 ? ApiProblem.Invalid(errors) : await identities.UnlinkAsync(http.User, id, alsoOthers, CancellationToken.None) switch
        {
            UnlinkOutcome.Done done => TypedResults.Ok(new EndedAnswer(done.EndedSessions, Changed: true)),
            UnlinkOutcome.NotFound => new ApiProblem(StatusCodes.Status404NotFound, "You have no such identity."),
            UnlinkOutcome.LastWayIn => new ApiProblem(StatusCodes.Status409Conflict, "This is your only way in. Choose a password, add a passkey or link another identity first."),
            UnlinkOutcome.NeedsRecentAuthentication => ApiProblem.NeedsProof(),
            UnlinkOutcome.Impersonating => new ApiProblem(StatusCodes.Status403Forbidden, "Only the person themself may do that."),
            _ => new ApiProblem(StatusCodes.Status401Unauthorized, "Sign in first."),
        };
    }

    /// <summary>A linked identity of one's own.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="Method">The provider's scheme.</param>
    /// <param name="MethodName">What the provider is called.</param>
    /// <param name="ExternalId">Who one is to the provider.</param>
    /// <param name="Created">When it was linked.</param>
    /// <param name="LastWayIn">Whether nothing else lets one in; it can then not be unlinked.</param>
    internal sealed record Identity(string Id, string Method, string MethodName, string ExternalId, DateTimeOffset Created, bool LastWayIn) : IExample
    {
        public static object Example => new Identity(ApiExamples.Key, "orcid", "ORCID", "0000-0002-1825-0097", ApiExamples.Moment, false);
    }
}
