using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Accounts.Users;

namespace Portal.Api;

/// <summary>
/// One user at a time, for administrators. <c>{id}</c> is an id, address or username. POST invites by mail: nobody but the
/// person ever knows their password. PATCH names the members it means; with the version that was read, in the body or as
/// If-Match, what others changed meanwhile is told instead of replaced. A program may leave a reason out; the log then says
/// that it came from here.
/// </summary>
internal static class AdminUsersApi
{
    private const string NoReason = "none given (REST)";

    public static void MapAdminUsers(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/admin/users").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator });
        users.MapPost("", InviteAsync);
        users.MapGet("/{id}", GetAsync);
        users.MapPatch("/{id}", ChangeAsync);
        users.MapDelete("/{id}", DeleteAsync);
        users.MapPost("/{id}/activate", (string id, HttpContext http, IUserAdmin admin) => MoveAsync(id, UserMove.Activate, http, admin));
        users.MapPost("/{id}/deactivate", (string id, HttpContext http, IUserAdmin admin) => MoveAsync(id, UserMove.Deactivate, http, admin));
        users.MapPost("/{id}/block", (string id, HttpContext http, IUserAdmin admin) => MoveAsync(id, UserMove.Block, http, admin));
        users.MapPost("/{id}/verify", (string id, HttpContext http, IUserAdmin admin) => MoveAsync(id, UserMove.Verify, http, admin));
        users.MapPost("/{id}/reset-password", ResetAsync);
        users.MapDelete("/{id}/second-factor", RemoveFactorAsync);
        users.MapPost("/{id}/roles/{name}", GiveAsync);
        users.MapDelete("/{id}/roles/{name}", TakeAsync);
    }

    private static async Task<Results<Ok<AdminUserAnswer>, ApiProblem>> GetAsync(string id, HttpContext http, IUserAdmin admin) =>
        await admin.DetailsAsync(id, http.RequestAborted) is { } found ? Answered(http, found) : Missing(id);

    private static async Task<Results<Created<AdminUserAnswer>, ApiProblem>> InviteAsync(HttpContext http, IUserAdmin admin)
    {
        var input = await RequestBody.ReadAsync<NewAccount>(http);
        if (input.Password is not null)
        {
            return ApiProblem.Invalid(new FieldError("Password", "Nobody sets another person's password: leave it out, and they choose it by the mail they get."));
        }

        var invitation = new Invitation
        {
            Email = input.Email ?? "",
            UserName = input.Username,
            Profile = input.Profile is { ValueKind: not JsonValueKind.Null } profile ? profile.GetRawText() : null,
            Roles = input.Roles ?? [],
        };
        return await admin.InviteAsync(invitation, Operator.Of(http.User), http.RequestAborted) switch
        {
            AdminOutcome.Done when await admin.DetailsAsync(invitation.Email.Trim(), http.RequestAborted) is { } made =>
                TypedResults.Created($"{PortalUrls.ApiPath}/admin/users/{made.User.Id.ToString(CultureInfo.InvariantCulture)}", AdminUserAnswer.Of(made)),
            AdminOutcome.Done => Missing(invitation.Email),
            var refused => AdminAnswers.Problem(refused),
        };
    }

    private static async Task<Results<Ok<AdminUserAnswer>, ApiProblem>> ChangeAsync(string id, HttpContext http, IUserAdmin admin)
    {
        var input = await RequestBody.ReadAsync<Change>(http);
        Dictionary<string, string?> changes = [];
        List<FieldError> errors = [];
        ProfileMembers.Collect(input.Profile, PreferenceNames.ProfilePrefix, changes, errors);
        ProfileMembers.Collect(input.Preferences, PreferenceNames.PreferencesPrefix, changes, errors);
        foreach (var (name, value) in input.Others ?? [])
        {
            if (name is not (UserEdit.Email or UserEdit.UserName))
            {
                errors.Add(new FieldError(name, $"\"{name}\" is nothing that can be changed here."));
            }
            else if (value.ValueKind is JsonValueKind.String or JsonValueKind.Null)
            {
                changes[name] = value.GetString();
            }
            else
            {
                errors.Add(new FieldError(name, $"\"{name}\" must be text."));
            }
        }

        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        // The id is kept, for a change may be of the very name that was asked by.
        if (await admin.FindAsync(id, http.RequestAborted) is not { } user)
        {
            return Missing(id);
        }

        var (condition, number) = (ProfileMembers.Condition(http.Request), user.Id.ToString(CultureInfo.InvariantCulture));
        return await admin.EditAsync(number, new UserEdit(changes) { Version = condition ?? input.Version, Reason = NoReason }, Operator.Of(http.User), http.RequestAborted) switch
        {
            AdminOutcome.Done or AdminOutcome.Unchanged => await admin.DetailsAsync(number, http.RequestAborted) is { } now ? Answered(http, now) : Missing(id),
            var refused => AdminAnswers.Problem(refused, isConditional: condition is not null),
        };
    }

    private static async Task<Results<Ok<AdminAnswers.Changed>, ApiProblem>> DeleteAsync(string id, string? reason, HttpContext http, IUserAdmin admin) =>
        AdminAnswers.Of(await admin.DeleteAsync(id, string.IsNullOrWhiteSpace(reason) ? NoReason : reason, Operator.Of(http.User), http.RequestAborted));

    private static async Task<Results<Ok<AdminAnswers.Changed>, ApiProblem>> MoveAsync(string id, UserMove move, HttpContext http, IUserAdmin admin)
    {
        var input = await RequestBody.ReadAsync<Why>(http);
        var reason = string.IsNullOrWhiteSpace(input.Reason) ? move is UserMove.Block ? NoReason : null : input.Reason;
        return AdminAnswers.Of(await admin.MoveAsync(id, move, reason, Operator.Of(http.User), http.RequestAborted));
    }

    private static async Task<Results<Accepted<MessageAnswer>, ApiProblem>> ResetAsync(string id, HttpContext http, IUserAdmin admin) =>
        await admin.SendResetAsync(id, Operator.Of(http.User), http.RequestAborted) switch
        {
            AdminOutcome.Done => TypedResults.Accepted((string?)null, new MessageAnswer("A mail with a link is on its way to them.")),
            var refused => AdminAnswers.Problem(refused),
        };

    private static async Task<Results<Ok<AdminAnswers.Changed>, ApiProblem>> RemoveFactorAsync(string id, string? reason, HttpContext http, IUserAdmin admin) =>
        AdminAnswers.Of(await admin.RemoveFactorAsync(id, string.IsNullOrWhiteSpace(reason) ? NoReason : reason, Operator.Of(http.User), http.RequestAborted));

    private static async Task<Results<Ok<AdminAnswers.Changed>, ApiProblem>> GiveAsync(string id, string name, HttpContext http, IRoleAdmin roles) =>
        AdminAnswers.Of(await roles.AddAsync(id, name, Operator.Of(http.User), http.RequestAborted));

    private static async Task<Results<Ok<AdminAnswers.Changed>, ApiProblem>> TakeAsync(string id, string name, HttpContext http, IRoleAdmin roles) =>
        AdminAnswers.Of(await roles.RemoveAsync(id, name, Operator.Of(http.User), http.RequestAborted));

    private static Ok<AdminUserAnswer> Answered(HttpContext http, UserDetails found)
    {
        http.Response.Headers.ETag = $"\"{found.Version}\"";
        return TypedResults.Ok(AdminUserAnswer.Of(found));
    }

    private static ApiProblem Missing(string id) => new(StatusCodes.Status404NotFound, $"There is no user \"{id}\".");

    private sealed class NewAccount
    {
        public string? Email { get; init; }

        public string? Username { get; init; }

        public string? Password { get; init; }

        public JsonElement? Profile { get; init; }

        public IReadOnlyList<string>? Roles { get; init; }
    }

    private sealed class Change
    {
        public JsonElement? Profile { get; init; }

        public JsonElement? Preferences { get; init; }

        public string? Version { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Others { get; init; }
    }

    private sealed class Why
    {
        public string? Reason { get; init; }
    }
}
