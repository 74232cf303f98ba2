using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>
/// Roles, for administrators. <c>{id}</c> is an id or a name; <c>q</c> is how names begin. Memberships are given and taken below <c>/api/admin/users/{id}/roles</c>.
/// </summary>
internal static class AdminRolesApi
{
    private const string ByName = "name";
    private const string ById = "id";
    private const string NotThere = "There is no such role.";

    public static void MapAdminRoles(this IEndpointRouteBuilder api)
    {
        var roles = api.MapGroup("/admin/roles").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithTags(ApiTags.Roles);
        var id = ParameterText.InPath("id", "The id or name of a role.", "editors");
        roles.MapGet("", ListAsync).Named("listRoles", "Roles, by name.")
            .Reads([new ParameterText("q", "How names begin.") { Example = "edit" }, .. ListParameters.Texts(ByName, [ByName])]);
        roles.MapPost("", CreateAsync).Named("createRole", "Make a role.").Takes<NewRole>().MakesVersioned()
            .Refuses(StatusCodes.Status404NotFound, NotThere)
            .Refuses(StatusCodes.Status409Conflict, "There is a role of this name already.");
        roles.MapGet("/{id}", GetAsync).Named("getRole", "One role.").Reads(id).Versioned()
            .Refuses(StatusCodes.Status404NotFound, NotThere);
        roles.MapPatch("/{id}", ChangeAsync).Named("changeRole", "Change what is named.").Reads(id).Takes<RoleChange>().Versioned()
            .Refuses(StatusCodes.Status404NotFound, NotThere)
            .Refuses(StatusCodes.Status409Conflict, "There is a role of this name already; or the same was changed meanwhile, and the body names an older version: then the answer has the \"version\" of now.");
        roles.MapGet("/{id}/members", MembersAsync).Named("listRoleMembers", "Who has a role, by when their account was made.")
            .Reads([id, .. ListParameters.Texts(ById, [ById])])
            .Refuses(StatusCodes.Status404NotFound, NotThere);
        roles.MapDelete("/{id}", DeleteAsync).Named("deleteRole", "Delete a role, however many have it; nobody has it then.").Reads(id).Conditional()
            .Refuses(StatusCodes.Status400BadRequest, "It cannot be deleted; \"errors\" says why.")
            .Refuses(StatusCodes.Status404NotFound, NotThere)
            .Refuses(StatusCodes.Status409Conflict, "It ended early: the role stays with those who are left. Send it again to go on.");
    }

    private static async Task<Results<Ok<PageAnswer<AdminRole>>, ApiProblem>> ListAsync(HttpContext http, IRoleAdmin roles, [AsParameters] ListParameters part, string? q)
    {
        List<FieldError> errors = [];
        var window = part.ReadWindow(errors, ByName);
        return errors.Count > 0
            ? ApiProblem.Invalid(errors)
            : PageAnswer<AdminRole>.Answer(part, await roles.PageAsync(q, window, http.RequestAborted), AdminRole.Of);
    }

    private static async Task<Results<Ok<AdminRole>, ApiProblem>> GetAsync(string id, HttpContext http, IRoleAdmin roles) =>
        await roles.FindAsync(id, http.RequestAborted) is { } found ? Answered(http, found) : Missing(id);

    private static async Task<Results<Ok<PageAnswer<Member>>, ApiProblem>> MembersAsync(string id, HttpContext http, IRoleAdmin roles, [AsParameters] ListParameters part)
    {
        List<FieldError> errors = [];
        var window = part.ReadWindow(errors, ById);
        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        return await roles.FindAsync(id, http.RequestAborted) is { } found
            ? PageAnswer<Member>.Answer(part, await roles.MembersAsync(found.Role.Id, window, http.RequestAborted), Member.Of)
            : Missing(id);
    }

    private static async Task<Results<Created<AdminRole>, ApiProblem>> CreateAsync(HttpContext http, IRoleAdmin roles)
    {
        var input = await RequestBody.ReadAsync<NewRole>(http);
        var name = input.Name ?? "";
        return await roles.CreateAsync(name, input.Description, Operator.Of(http.User), http.RequestAborted) switch
        {
            AdminOutcome.Done when await roles.FindAsync(name, http.RequestAborted) is { } made =>
                AdminAnswers.Made(http, $"roles/{made.Role.Id.ToString(CultureInfo.InvariantCulture)}", made.Version, AdminRole.Of(made)),
            AdminOutcome.Done => Missing(name),
            AdminOutcome.Unchanged => new ApiProblem(StatusCodes.Status409Conflict, "There is a role of this name already. Choose another.", new FieldError("Name", "There is a role of this name already. Choose another.")),
            var refused => AdminAnswers.Problem(refused),
        };
    }

    private static async Task<Results<Ok<AdminRole>, ApiProblem>> ChangeAsync(string id, HttpContext http, IRoleAdmin roles)
    {
        var input = await RequestBody.ReadAsync<RoleChange>(http);
        if (await roles.FindAsync(id, http.RequestAborted) is not { } found)
        {
            return Missing(id);
        }

        var (condition, number) = (await IfMatch.ReadAsync(http.Request, () => Task.FromResult<string?>(found.Version)), found.Role.Id.ToString(CultureInfo.InvariantCulture));
        return await roles.EditAsync(number, new RoleEdit(input.Name, input.Description, condition ?? input.Version), Operator.Of(http.User), http.RequestAborted) switch
        {
            AdminOutcome.Done or AdminOutcome.Unchanged => await roles.FindAsync(number, http.RequestAborted) is { } now ? Answered(http, now) : Missing(id),
            var refused => AdminAnswers.Problem(refused, isConditional: condition is not null),
        };
    }

    // Once asked for it goes to the end, also when the caller hangs up.
    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> DeleteAsync(string id, HttpContext http, IRoleAdmin roles)
    {
        var version = await IfMatch.ReadAsync(http.Request, async () => (await roles.FindAsync(id, http.RequestAborted))?.Version);
        return await roles.DeleteAsync(id, Operator.Of(http.User), version, cancellationToken: CancellationToken.None) switch
        {
            AdminOutcome.Done { LostTheRight: true } done => new ApiProblem(
                StatusCodes.Status403Forbidden,
                string.Create(CultureInfo.InvariantCulture, $"This session may not administer any longer. People who had lost the role before that: {done.Members}; the others still have it.")),
            AdminOutcome.Done { IsStopped: true } done => new ApiProblem(
                StatusCodes.Status409Conflict,
                string.Create(CultureInfo.InvariantCulture, $"It ended early. People who lost the role: {done.Members}; the others still have it. Send this again to go on.")),
            var outcome => AdminAnswers.Of(outcome),
        };
    }

    private static Ok<AdminRole> Answered(HttpContext http, RoleDetails found)
    {
        http.Response.Headers.ETag = $"\"{found.Version}\"";
        return TypedResults.Ok(AdminRole.Of(found));
    }

    private static ApiProblem Missing(string id) => new(StatusCodes.Status404NotFound, $"There is no role \"{id}\".");

    /// <summary>Somebody who has a role.</summary>
    /// <param name="Id">Their id.</param>
    /// <param name="Email">Their address.</param>
    /// <param name="Username">Their username; null for none.</param>
    /// <param name="Active">Whether they may sign in.</param>
    internal sealed record Member(long Id, string Email, string? Username, bool Active) : IExample
    {
        public static object Example => new Member(7, "ada@example.org", "ada", true);

        public static Member Of(RoleMember member) => new(member.UserId, member.Email, member.UserName, member.IsActive);
    }

    internal sealed class NewRole : IExample
    {
        public static object Example => new NewRole { Name = "editors", Description = "May change articles." };

        /// <summary>The name, unique whatever its case.</summary>
        [Required]
        public string? Name { get; init; }

        /// <summary>What it is for.</summary>
        public string? Description { get; init; }
    }

    internal sealed class RoleChange : IExample
    {
        public static object Example => new RoleChange { Description = "May change articles and pictures." };

        /// <summary>The new name.</summary>
        public string? Name { get; init; }

        /// <summary>What it is for.</summary>
        public string? Description { get; init; }

        /// <summary>The version that was read, where If-Match does not name it.</summary>
        public string? Version { get; init; }
    }

    /// <summary>A role.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Description">What it is for.</param>
    /// <param name="Managed">False when another system provides it.</param>
    /// <param name="Members">How many people have it; counting stops at ten thousand.</param>
    /// <param name="Version">What If-Match takes; changes with name and description, not with who has it.</param>
    internal sealed record AdminRole(long Id, string Name, string? Description, bool Managed, long Members, string Version) : IExample
    {
        public static object Example => new AdminRole(3, "editors", "May change articles.", true, 12, "0197d1c2-f4a8-7c3e-9b5d-3f1d0a6c2b11");

        public static AdminRole Of(RoleDetails found) =>
            new(found.Role.Id, found.Role.Name, found.Role.Description, found.Role.IsManaged, found.Members.Count, found.Version);
    }
}
