using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
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
    private const string NotThere = "There is no such user.";
    private const string NotDone = "It cannot be done; \"errors\" says why.";

    private static readonly ParameterText Id = ParameterText.InPath("id", "The id, address or username of a user.", "7");
    private static readonly ParameterText RoleName = ParameterText.InPath("name", "The name of a role.", "editors");
    private static readonly ParameterText Reason = new("reason", "Why; the log keeps it.") { Example = "Asked for it by phone." };

    public static void MapAdminUsers(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/admin/users").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithTags(ApiTags.Users);
        users.MapPost("", InviteAsync).Named("inviteUser", "Make an account for somebody, who is mailed and chooses the password.").Takes<NewPerson>().MakesVersioned()
            .Refuses(StatusCodes.Status404NotFound, "The account was made, and somebody deleted it at once.")
            .Refuses(StatusCodes.Status409Conflict, "Another account has the address or the username.");
        users.MapGet("/{id}", GetAsync).Named("getUser", "One user.").Reads(Id).Versioned()
            .Refuses(StatusCodes.Status404NotFound, NotThere);
        users.MapPatch("/{id}", ChangeAsync).Named("changeUser", "Change what is named; null or an empty text empties it.").Reads(Id).Takes<UserChange>().Versioned()
            .Refuses(StatusCodes.Status404NotFound, NotThere)
            .Refuses(StatusCodes.Status409Conflict, "Another account has the address or the username; or the same was changed meanwhile, and the body names an older version: then the answer has the \"version\" of now.");
        users.MapDelete("/{id}", DeleteAsync).Named("deleteUser", "Delete an account.").Reads(Id, Reason).Conditional()
            .Refuses(StatusCodes.Status400BadRequest, NotDone)
            .Refuses(StatusCodes.Status404NotFound, NotThere);
        MapMove(UserMove.Activate, "activate", "activateUser", "Let them sign in, also after too many wrong passwords in a row. Confirms the address as confirm-email does.");
        MapMove(UserMove.Deactivate, "deactivate", "deactivateUser", "Take their right to sign in, which ends their sessions.");
        MapMove(UserMove.Block, "block", "blockUser", "Block them, which ends their sessions.");
        MapMove(UserMove.Verify, "verify", "verifyUser", "Trust them.");
        MapMove(UserMove.Unverify, "unverify", "unverifyUser", "Trust them no more; everything else stays.");
        MapMove(UserMove.ConfirmEmail, "confirm-email", "confirmUsersEmail", "Take their address for confirmed without its link.");
        users.MapPost("/{id}/reset-password", ResetAsync).Named("sendPasswordReset", "Have them mailed a link for a new password.").Reads(Id).Conditional()
            .Refuses(StatusCodes.Status400BadRequest, NotDone)
            .Refuses(StatusCodes.Status404NotFound, NotThere);
        users.MapDelete("/{id}/second-factor", RemoveFactorAsync).Named("removeSecondFactor", "Take a lost second factor from them, which ends their sessions.").Reads(Id, Reason).Conditional()
            .Refuses(StatusCodes.Status400BadRequest, NotDone)
            .Refuses(StatusCodes.Status404NotFound, NotThere);
        users.MapDelete("/{id}/passkeys/{passkey}", RemovePasskeyAsync).Named("removePasskey", "Remove a passkey of theirs that is lost or not theirs, which ends their sessions.")
            .Reads(Id, ParameterText.InPath("passkey", "The id of a passkey.", ApiExamples.Key), Reason).Conditional()
            .Refuses(StatusCodes.Status400BadRequest, NotDone)
            .Refuses(StatusCodes.Status404NotFound, NotThere);
        users.MapPost("/{id}/roles/{name}", GiveAsync).Named("giveRole", "Give them a role. Their version is another then.").Reads(Id, RoleName).Conditional()
            .Refuses(StatusCodes.Status400BadRequest, NotDone)
            .Refuses(StatusCodes.Status404NotFound, "There is no such user or role.");
        users.MapDelete("/{id}/roles/{name}", TakeAsync).Named("takeRole", "Take a role from them. Their version is another then.").Reads(Id, RoleName).Conditional()
            .Refuses(StatusCodes.Status400BadRequest, NotDone)
            .Refuses(StatusCodes.Status404NotFound, "There is no such user or role.");

        void MapMove(UserMove move, string verb, string operationId, string summary) => users
            .MapPost($"/{{id}}/{verb}", (string id, HttpContext http, IUserAdmin admin) => MoveAsync(id, move, http, admin))
            .Named(operationId, summary).Reads(Id).Takes<ReasonBody>(isOptional: true).Conditional()
            .Refuses(StatusCodes.Status404NotFound, NotThere);
    }

    private static async Task<Results<Ok<AdminUserAnswer>, ApiProblem>> GetAsync(string id, HttpContext http, IUserAdmin admin) =>
        await admin.DetailsAsync(id, http.RequestAborted) is { } found ? Answered(http, found) : Missing(id);

    private static async Task<Results<Created<AdminUserAnswer>, ApiProblem>> InviteAsync(HttpContext http, IUserAdmin admin)
    {
        var input = await RequestBody.ReadAsync<NewPerson>(http);
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
                AdminAnswers.Made(http, $"users/{made.User.Id.ToString(CultureInfo.InvariantCulture)}", made.Version, AdminUserAnswer.Of(made)),
            AdminOutcome.Done => Missing(invitation.Email),
            AdminOutcome.NotFound missing => ApiProblem.Invalid(new FieldError("Roles", missing.What)),
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
        foreach (var (name, value) in ((string, JsonElement)[])[(UserEdit.Email, input.Email), (UserEdit.UserName, input.Username)])
        {
            if (value.ValueKind is JsonValueKind.Null || (value.ValueKind is JsonValueKind.String && ProfileMembers.TextOf(value.GetString) is not null))
            {
                changes[name] = value.GetString();
            }
            else if (value.ValueKind is not JsonValueKind.Undefined)
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

        var number = user.Id.ToString(CultureInfo.InvariantCulture);
        var condition = await VersionAsync(number, http, admin);
        return await admin.EditAsync(number, new UserEdit(changes) { Version = condition ?? input.Version, Reason = string.IsNullOrWhiteSpace(input.Reason) ? NoReason : input.Reason }, Operator.Of(http.User), http.RequestAborted) switch
        {
            AdminOutcome.Done or AdminOutcome.Unchanged => await admin.DetailsAsync(number, http.RequestAborted) is { } now ? Answered(http, now) : Missing(id),
            var refused => AdminAnswers.Problem(refused, isConditional: condition is not null),
        };
    }

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> DeleteAsync(string id, string? reason, HttpContext http, IUserAdmin admin)
    {
        // By number from here on: a username may change hands.
        if (await admin.FindAsync(id, http.RequestAborted) is not { } found)
        {
            return Missing(id);
        }

        var number = found.Id.ToString(CultureInfo.InvariantCulture);
        return AdminAnswers.Of(await admin.DeleteAsync(
            number,
            string.IsNullOrWhiteSpace(reason) ? NoReason : reason,
            Operator.Of(http.User),
            await VersionAsync(number, http, admin),
            http.RequestAborted));
    }

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> MoveAsync(string id, UserMove move, HttpContext http, IUserAdmin admin)
    {
        var input = await RequestBody.ReadAsync<ReasonBody>(http);
        var reason = string.IsNullOrWhiteSpace(input.Reason) ? move is UserMove.Block ? NoReason : null : input.Reason;
        return AdminAnswers.Of(await admin.MoveAsync(id, move, reason, await ByAsync(id, http, admin), http.RequestAborted));
    }

    private static async Task<Results<Accepted<MessageAnswer>, ApiProblem>> ResetAsync(string id, HttpContext http, IUserAdmin admin) =>
        await admin.SendResetAsync(id, await ByAsync(id, http, admin), http.RequestAborted) switch
        {
            AdminOutcome.Done => TypedResults.Accepted((string?)null, new MessageAnswer("A mail with a link is on its way to them.")),
            var refused => AdminAnswers.Problem(refused, isConditional: true),
        };

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> RemoveFactorAsync(string id, string? reason, HttpContext http, IUserAdmin admin) =>
        AdminAnswers.Of(await admin.RemoveFactorAsync(id, string.IsNullOrWhiteSpace(reason) ? NoReason : reason, await ByAsync(id, http, admin), http.RequestAborted));

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> RemovePasskeyAsync(string id, string passkey, string? reason, HttpContext http, IUserAdmin admin) =>
        AdminAnswers.Of(await admin.RemovePasskeyAsync(id, passkey, string.IsNullOrWhiteSpace(reason) ? NoReason : reason, await ByAsync(id, http, admin), http.RequestAborted));

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> GiveAsync(string id, string name, HttpContext http, IUserAdmin admin, IRoleAdmin roles) =>
        AdminAnswers.Of(await roles.AddAsync(id, name, await ByAsync(id, http, admin), http.RequestAborted));

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> TakeAsync(string id, string name, HttpContext http, IUserAdmin admin, IRoleAdmin roles) =>
        AdminAnswers.Of(await roles.RemoveAsync(id, name, await ByAsync(id, http, admin), http.RequestAborted));

    private static Task<string?> VersionAsync(string id, HttpContext http, IUserAdmin admin) =>
        IfMatch.ReadAsync(http.Request, async () => (await admin.DetailsAsync(id, http.RequestAborted))?.Version);

    /// <summary>Who asks, and which version of the user they saw.</summary>
    private static async Task<Operator> ByAsync(string id, HttpContext http, IUserAdmin admin) =>
        Operator.Of(http.User) with { Seen = await VersionAsync(id, http, admin) };

    private static Ok<AdminUserAnswer> Answered(HttpContext http, UserDetails found)
    {
        http.Response.Headers.ETag = $"\"{found.Version}\"";
        return TypedResults.Ok(AdminUserAnswer.Of(found));
    }

    private static ApiProblem Missing(string id) => new(StatusCodes.Status404NotFound, $"There is no user \"{id}\".");

    internal sealed class NewPerson : IExample
    {
        public static object Example => new NewPerson { Email = "grace@example.org", Username = "grace", Profile = JsonSerializer.SerializeToElement(new { full_name = "Grace Hopper" }), Roles = ["editors"] };

        /// <summary>The address; the mail goes there.</summary>
        [Required]
        public string? Email { get; init; }

        /// <summary>The username; it can be left out.</summary>
        public string? Username { get; init; }

        /// <summary>Leave it out: they choose it by the mail they get.</summary>
        public string? Password { get; init; }

        /// <summary>Fields of their profile.</summary>
        public JsonElement? Profile { get; init; }

        /// <summary>Names of roles they get.</summary>
        public IReadOnlyList<string>? Roles { get; init; }
    }

    /// <summary>What can be changed, as the document tells it; <see cref="Change"/> tells null from what is not named.</summary>
    internal sealed class UserChange : IExample
    {
        public static object Example => new UserChange { Username = "ada", Profile = JsonSerializer.SerializeToElement(new { affiliations = "University of London" }) };

        /// <summary>The address.</summary>
        public string? Email { get; init; }

        /// <summary>The username; an empty one takes it away.</summary>
        public string? Username { get; init; }

        /// <summary>Fields to change.</summary>
        public JsonElement? Profile { get; init; }

        /// <summary>Preferences to change.</summary>
        public JsonElement? Preferences { get; init; }

        /// <summary>The version that was read, where If-Match does not name it.</summary>
        public string? Version { get; init; }

        /// <summary>Why; the log keeps it.</summary>
        public string? Reason { get; init; }
    }

    private sealed class Change
    {
        public JsonElement Email { get; init; }

        public JsonElement Username { get; init; }

        public JsonElement? Profile { get; init; }

        public JsonElement? Preferences { get; init; }

        public string? Version { get; init; }

        public string? Reason { get; init; }
    }

    internal sealed class ReasonBody : IExample
    {
        public static object Example => new ReasonBody { Reason = "Asked for it by phone." };

        /// <summary>Why; the log keeps it.</summary>
        public string? Reason { get; init; }
    }
}
