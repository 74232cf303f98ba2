using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>
/// Linked identities for administrators. Filters: <c>q</c> (the beginning of an external id, address or username, or a user's
/// number) and <c>method</c>.
/// </summary>
internal static class AdminIdentitiesApi
{
    private const string NewestFirst = "-created";
    private const string ByExternalId = "external_id";
    private const string Missing = "There is no such linked identity.";

    private static readonly string[] Columns = ["created", ByExternalId];

    public static void MapAdminIdentities(this IEndpointRouteBuilder api)
    {
        var identities = api.MapGroup("/admin/identities").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithTags(ApiTags.Identities);
        var id = ParameterText.InPath("id", "The id of a linked identity.", ApiExamples.Key);
        identities.MapGet("", ListAsync).Named("listAllIdentities", "Everybody's linked identities, the newest first.")
            .Reads(
            [
                new ParameterText("q", "The beginning of an external id, address or username, or a user's number.") { Example = "0000-0002" },
                new ParameterText("method", "The scheme of a provider.") { Example = "orcid" },
                .. ListParameters.Texts(NewestFirst, Columns),
            ]);
        identities.MapGet("/{id}", FindAsync).Named("getIdentity", "One linked identity.").Reads(id)
            .Refuses(StatusCodes.Status404NotFound, Missing);
        identities.MapDelete("/{id}", DeleteAsync).Named("removeIdentity", "Remove one.").Reads(id)
            .Refuses(StatusCodes.Status400BadRequest, "It cannot be removed; \"errors\" says why.")
            .Refuses(StatusCodes.Status404NotFound, Missing);
    }

    private static async Task<Results<Ok<PageAnswer<AdminIdentity>>, ApiProblem>> ListAsync(
        HttpContext http, IIdentityAdmin identities, [AsParameters] ListParameters part, string? q, string? method)
    {
        List<FieldError> errors = [];
        var window = part.ReadWindow(errors);
        var (column, isDescending) = part.ReadSort(errors, NewestFirst, Columns);
        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        var list = await identities.ListAsync(
            new IdentityFilter { Search = q, Method = string.IsNullOrEmpty(method) ? null : method },
            column is ByExternalId ? IdentitySort.ExternalId : IdentitySort.Created,
            isDescending,
            window,
            http.RequestAborted);
        return PageAnswer<AdminIdentity>.Answer(part, list.Page, AdminIdentity.Of);
    }

    private static async Task<Results<Ok<AdminIdentity>, ApiProblem>> FindAsync(string id, HttpContext http, IIdentityAdmin identities) =>
        await identities.FindAsync(id, http.RequestAborted) is { } found
            ? TypedResults.Ok(AdminIdentity.Of(found))
            : new ApiProblem(StatusCodes.Status404NotFound, Missing);

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> DeleteAsync(string id, HttpContext http, IIdentityAdmin identities) =>
        AdminAnswers.Of(await identities.DeleteAsync(id, Operator.Of(http.User), CancellationToken.None));

    /// <summary>A linked identity.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="Method">The provider's scheme.</param>
    /// <param name="MethodName">What the provider is called; null for one that is no longer set up.</param>
    /// <param name="ExternalId">Who they are to the provider.</param>
    /// <param name="User">Whose it is.</param>
    /// <param name="Email">Their address.</param>
    /// <param name="Username">Their username; null for none.</param>
    /// <param name="Created">When it was linked.</param>
    internal sealed record AdminIdentity(
        string Id, string Method, string? MethodName, string ExternalId, long User, string Email, string? Username, DateTimeOffset Created) : IExample
    {
        public static object Example => new AdminIdentity(ApiExamples.Key, "orcid", "ORCID", "0000-0002-1825-0097", 7, "ada@example.org", "ada", ApiExamples.Moment);

        public static AdminIdentity Of(IdentityInfo identity) => new(
            identity.Id, identity.Method, identity.MethodName, identity.ExternalId, identity.UserId, identity.Email, identity.UserName, identity.CreatedAt);
    }
}
