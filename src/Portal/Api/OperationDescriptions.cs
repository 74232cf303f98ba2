using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace Portal.Api;

/// <summary>
/// What an endpoint says of itself, beside its route, for the document at <see cref="PortalUrls.OpenApiPath"/>. What it
/// answers when all is well its handler's type says.
/// </summary>
internal static class OperationDescriptions
{
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="operationId">What clients call it; stays, once it is out.</param>
    /// <param name="summary">One sentence.</param>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder endpoint, string operationId, string summary) =>
        endpoint.WithName(operationId).WithSummary(summary);

    /// <summary>
    /// The body that <see cref="RequestBody"/> reads. Not the framework's Accepts: routing would then refuse what is of
    /// another kind, in its own words.
    /// </summary>
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder endpoint, bool isOptional = false)
        where TBody : IExample => endpoint.WithMetadata(new TakenBody(typeof(TBody), isOptional));

    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder endpoint, params IEnumerable<ParameterText> parameters) =>
        endpoint.WithMetadata([.. parameters]);

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="status">Answered in problem details.</param>
    /// <param name="why">When.</param>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, int status, string why) =>
        endpoint.WithMetadata(Refusal(status, why));

    /// <summary>Its answer has a version in ETag; what changes it takes one in If-Match.</summary>
    public static RouteHandlerBuilder Versioned(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new KeptVersion(IsAnswered: true, IsTaken: true));

    /// <summary>What it makes has a version, which its answer has in ETag.</summary>
    public static RouteHandlerBuilder MakesVersioned(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new KeptVersion(IsAnswered: true, IsTaken: false));

    /// <summary>It takes a version in If-Match, and answers with something else than what it changes.</summary>
    public static RouteHandlerBuilder Conditional(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new KeptVersion(IsAnswered: false, IsTaken: true));

    /// <summary>An access token does not do.</summary>
    public static RouteHandlerBuilder ByCookieOnly(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new CookieOnly());

    /// <summary>Adds to every endpoint of the group the refusals that follow from what it is.</summary>
    public static RouteGroupBuilder WithCommonRefusals(this RouteGroupBuilder api)
    {
        ((IEndpointConventionBuilder)api).Finally(endpoint =>
        {
            var said = endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Where(answer => answer.Type == typeof(ProblemAnswer)).Select(answer => answer.StatusCode).ToHashSet();
            foreach (var refusal in CommonTo(endpoint.Metadata).Where(refusal => !said.Contains(refusal.StatusCode)))
            {
                endpoint.Metadata.Add(refusal);
            }
        });
        return api;
    }

    private static IEnumerable<ProducesResponseTypeMetadata> CommonTo(IList<object> metadata)
    {
        var rules = metadata.OfType<IAuthorizeData>().ToList();
        var isUnsafe = metadata.OfType<IHttpMethodMetadata>().Any(method => !method.HttpMethods.Contains(HttpMethods.Get));
        var hasBody = metadata.OfType<TakenBody>().Any();
        yield return Refusal(StatusCodes.Status400BadRequest, "Something that was sent cannot be read, does not fit or means nothing here; \"errors\" says what to do about each field.");

        if (rules.Count > 0)
        {
            yield return Refusal(StatusCodes.Status401Unauthorized, "Nobody is signed in, or the session has ended.");
        }

        if (rules.Any(rule => rule.Roles is not null))
        {
            yield return Refusal(StatusCodes.Status403Forbidden, "Whoever asks does not administer, or must prove once more that it is them; by cookie also: the antiforgery token is missing or wrong.");
        }
        else if (isUnsafe)
        {
            yield return Refusal(StatusCodes.Status403Forbidden, "Another site sent this, or the antiforgery token is missing or wrong.");
        }

        if (isUnsafe)
        {
            yield return Refusal(StatusCodes.Status412PreconditionFailed, metadata.OfType<KeptVersion>().Any(kept => kept.IsTaken)
                ? "Somebody else changed the same meanwhile; \"changed\" says what, and \"version\" what If-Match takes now."
                : "If-Match names a version, and this has none.");
        }

        if (hasBody)
        {
            yield return Refusal(StatusCodes.Status413PayloadTooLarge, "The body is longer than 16 kB.");
            yield return Refusal(StatusCodes.Status415UnsupportedMediaType, "The body is neither JSON nor a form, or not in UTF-8.");
        }

        yield return Refusal(StatusCodes.Status500InternalServerError, "Something went wrong here.");
        yield return Refusal(StatusCodes.Status503ServiceUnavailable, "The portal cannot reach its data right now.");
    }

    private static ProducesResponseTypeMetadata Refusal(int status, string why) =>
        new(status, typeof(ProblemAnswer), [ApiProblem.ContentType]) { Description = why };

    internal sealed record TakenBody(Type Type, bool IsOptional);

    internal sealed record KeptVersion(bool IsAnswered, bool IsTaken);

    internal sealed record CookieOnly;
}
