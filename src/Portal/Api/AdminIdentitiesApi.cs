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
    public static void MapAdminIdentities(this IEndpointRouteBuilder api)
    {
        var identities = api.MapGroup("/admin/identities").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator });
        identities.MapGet("", ListAsync);
        identities.MapGet("/{id}", FindAsync);
        identities.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<Results<Ok<AdminAnswers.Listed<Identity>>, ApiProblem>> ListAsync(
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
        return TypedResults.Ok(AdminAnswers.Listed<Identity>.Of(list.Page, Identity.Of));
    }

    private static async Task<Results<Ok<Identity>, ApiProblem>> FindAsync(string id, HttpContext http, IIdentityAdmin identities) =>
        await identities.FindAsync(id, http.RequestAborted) is { } found
            ? TypedResults.Ok(Identity.Of(found))
            : new ApiProblem(StatusCodes.Status404NotFound, "There is no such linked identity.");

    private static async Task<Results<Ok<AdminAnswers.Changed>, ApiProblem>> DeleteAsync(string id, HttpContext http, IIdentityAdmin identities) =>
        AdminAnswers.Of(await identities.DeleteAsync(id, Operator.Of(http.User), CancellationToken.None));

    private sealed record Identity(
        string Id, string Method, string? MethodName, string ExternalId, long User, string Email, string? Username, DateTimeOffset Created)
    {
        public static Identity Of(IdentityInfo identity) => new(
            identity.Id, identity.Method, identity.MethodName, identity.ExternalId, identity.UserId, identity.Email, identity.UserName, identity.CreatedAt);
    }
}
