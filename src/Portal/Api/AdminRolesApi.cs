using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>
/// Roles, for administrators. <c>{id}</c> is an id or a name; <c>q</c> is how names begin. <c>next</c> of one answer is
/// <c>after</c> of the following request. Members are given and taken below <c>/api/admin/users/{id}/roles</c>.
/// </summary>
internal static class AdminRolesApi
{
    public static void MapAdminRoles(this IEndpointRouteBuilder api)
    {
        var roles = api.MapGroup("/admin/roles").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator });
        roles.MapGet("", ListAsync);
        roles.MapPost("", CreateAsync);
        roles.MapGet("/{id}", GetAsync);
        roles.MapPatch("/{id}", ChangeAsync);
        roles.MapDelete("/{id}", DeleteAsync);
    }

    private static async Task<Results<Ok<AdminAnswers.Listed<Answer>>, ApiProblem>> ListAsync(HttpContext http, IRoleAdmin roles, string? q, string? size, string? after)
    {
        List<FieldError> errors = [];
        return AdminAnswers.WindowOf(size, after, errors) is { } window
            ? TypedResults.Ok(AdminAnswers.Listed<Answer>.Of(await roles.PageAsync(q, window, http.RequestAborted), Answer.Of))
            : ApiProblem.Invalid(errors);
    }

    private static async Task<Results<Ok<Answer>, ApiProblem>> GetAsync(string id, HttpContext http, IRoleAdmin roles) =>
        await roles.FindAsync(id, http.RequestAborted) is { } found ? Answered(http, found) : Missing(id);

    private static async Task<Results<Created<Answer>, ApiProblem>> CreateAsync(HttpContext http, IRoleAdmin roles)
    {
        var input = await RequestBody.ReadAsync<Input>(http);
        var name = input.Name ?? "";
        return await roles.CreateAsync(name, input.Description, Operator.Of(http.User), http.RequestAborted) switch
        {
            AdminOutcome.Done when await roles.FindAsync(name, http.RequestAborted) is { } made =>
                TypedResults.Created($"{PortalUrls.ApiPath}/admin/roles/{made.Role.Id.ToString(CultureInfo.InvariantCulture)}", Answer.Of(made)),
            AdminOutcome.Done => Missing(name),
            AdminOutcome.Unchanged => new ApiProblem(StatusCodes.Status409Conflict, "There is a role of this name already.", new FieldError("Name", "Choose another name.")),
            var refused => AdminAnswers.Problem(refused),
        };
    }

    private static async Task<Results<Ok<Answer>, ApiProblem>> ChangeAsync(string id, HttpContext http, IRoleAdmin roles)
    {
        var input = await RequestBody.ReadAsync<Input>(http);
        if (await roles.FindAsync(id, http.RequestAborted) is not { } found)
        {
            return Missing(id);
        }

        var (condition, number) = (ProfileMembers.Condition(http.Request), found.Role.Id.ToString(CultureInfo.InvariantCulture));
        return await roles.EditAsync(number, new RoleEdit(input.Name, input.Description, condition ?? input.Version), Operator.Of(http.User), http.RequestAborted) switch
        {
            AdminOutcome.Done or AdminOutcome.Unchanged => await roles.FindAsync(number, http.RequestAborted) is { } now ? Answered(http, now) : Missing(id),
            var refused => AdminAnswers.Problem(refused, isConditional: condition is not null),
        };
    }

    private static async Task<Results<Ok<AdminAnswers.Changed>, ApiProblem>> DeleteAsync(string id, HttpContext http, IRoleAdmin roles) =>
        AdminAnswers.Of(await roles.DeleteAsync(id, Operator.Of(http.User), http.RequestAborted));

    private static Ok<Answer> Answered(HttpContext http, RoleDetails found)
    {
        http.Response.Headers.ETag = $"\"{found.Version}\"";
        return TypedResults.Ok(Answer.Of(found));
    }

    private static ApiProblem Missing(string id) => new(StatusCodes.Status404NotFound, $"There is no role \"{id}\".");

    private sealed class Input
    {
        public string? Name { get; init; }

        public string? Description { get; init; }

        public string? Version { get; init; }
    }

    /// <param name="Id">The id.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Description">What it is for.</param>
    /// <param name="Managed">False when another system provides it.</param>
    /// <param name="Members">How many people have it; counting stops at ten thousand.</param>
    /// <param name="Version">What If-Match takes.</param>
    private sealed record Answer(long Id, string Name, string? Description, bool Managed, long Members, string Version)
    {
        public static Answer Of(RoleDetails found) =>
            new(found.Role.Id, found.Role.Name, found.Role.Description, found.Role.IsManaged, found.Members.Count, found.Version);
    }
}
