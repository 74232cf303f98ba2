using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>
/// Linked identities for administrators, page by page: <c>next</c> of one answer is <c>after</c> of the following request.
/// Filters: <c>q</c> (the beginning of an external id, address or username, or a user's number) and <c>method</c>;
/// <c>sort</c> is created or external_id, behind a hyphen for descending; the newest first.
/// </summary>
internal static class AdminIdentitiesApi
{
    private const string Missing = "There is no such linked identity.";

    public static void MapAdminIdentities(this IEndpointRouteBuilder api)
    {
        var identities = api.MapGroup("/admin/identities").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithTags(ApiTags.Identities);
        var id = ParameterText.InPath("id", "The id of a linked identity.", "c2FtcGxl");
        identities.MapGet("", ListAsync).Named("listAllIdentities", "Everybody's linked identities, the newest first.")
            .Reads(
            [
                new ParameterText("q", "The beginning of an external id, address or username, or a user's number."),
                new ParameterText("method", "The scheme of a provider.") { Example = "orcid" },
                ParameterText.Sort("-created", "created", "external_id"),
                .. ParameterText.Paging(ListWindow.MaxSize),
            ]);
        identities.MapGet("/{id}", FindAsync).Named("getIdentity", "One linked identity.").Reads(id)
            .Refuses(StatusCodes.Status404NotFound, Missing);
        identities.MapDelete("/{id}", DeleteAsync).Named("removeIdentity", "Remove one.").Reads(id)
            .Refuses(StatusCodes.Status400BadRequest, "It cannot be removed; \"errors\" says why.")
            .Refuses(StatusCodes.Status404NotFound, Missing);
    }

    private static async Task<Results<Ok<PageAnswer<AdminIdentity>>, ApiProblem>> ListAsync(
        HttpContext http, IIdentityAdmin identities, string? q, string? method, string? sort, string? size, string? after)
    {
        List<FieldError> errors = [];
        var window = AdminAnswers.WindowOf(size, after, errors);
        var order = string.IsNullOrEmpty(sort) ? "-created" : sort;
        if (order.TrimStart('-') is not ("created" or "external_id"))
        {
            errors.Add(new FieldError("Sort", "Give created or external_id; behind a hyphen for descending."));
        }

        if (errors.Count > 0 || window is null)
        {
            return ApiProblem.Invalid(errors);
        }

        var list = await identities.ListAsync(
            new IdentityFilter { Search = q, Method = string.IsNullOrEmpty(method) ? null : method },
            order.EndsWith("external_id", StringComparison.Ordinal) ? IdentitySort.ExternalId : IdentitySort.Created,
            order.StartsWith('-'),
            window,
            http.RequestAborted);
        return TypedResults.Ok(PageAnswer<AdminIdentity>.Of(list.Page, AdminIdentity.Of));
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
        public static object Example => new AdminIdentity("c2FtcGxl", "orcid", "ORCID", "0000-0002-1825-0097", 7, "ada@example.org", "ada", ApiExamples.Moment);

        public static AdminIdentity Of(IdentityInfo identity) => new(
            identity.Id, identity.Method, identity.MethodName, identity.ExternalId, identity.UserId, identity.Email, identity.UserName, identity.CreatedAt);
    }
}
