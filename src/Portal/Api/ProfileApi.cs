using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Profiles;
using Portal.Accounts.Users;

namespace Portal.Api;

/// <summary>
/// The caller's own profile and preferences. A change names the members it means: null or an empty text empties one, what is
/// not named stays. With the version that was read, in the body or as If-Match, what others changed meanwhile is told
/// instead of replaced.
/// </summary>
internal static class ProfileApi
{
    public static void MapProfile(this IEndpointRouteBuilder api)
    {
        var profile = api.MapGroup("/profile").RequireAuthorization();
        profile.MapGet("", GetAsync);
        profile.MapPatch("", ChangeAsync);
    }

    private static async Task<Results<Ok<Answer>, UnauthorizedHttpResult>> GetAsync(HttpContext http, IProfileService profiles) =>
        await profiles.FindAsync(http.User, http.RequestAborted) is { } found ? Answered(http, found) : TypedResults.Unauthorized();

    private static async Task<Results<Ok<Answer>, ApiProblem, UnauthorizedHttpResult>> ChangeAsync(HttpContext http, IProfileService profiles)
    {
        var input = await RequestBody.ReadAsync<Input>(http);
        Dictionary<string, string?> changes = [];
        List<FieldError> errors = [.. (input.Others ?? []).Keys.Select(name => new FieldError(name, $"\"{name}\" is nothing that can be changed here."))];
        ProfileMembers.Collect(input.Profile, PreferenceNames.ProfilePrefix, changes, errors);
        ProfileMembers.Collect(input.Preferences, PreferenceNames.PreferencesPrefix, changes, errors);
        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        var condition = ProfileMembers.Condition(http.Request);
        return await profiles.SaveAsync(http.User, new ProfileEdit(changes) { Version = condition ?? input.Version }, http.RequestAborted) switch
        {
            ProfileOutcome.Saved saved => Answered(http, saved.Now),
            ProfileOutcome.Invalid invalid => ApiProblem.Invalid(invalid.Errors),
            ProfileOutcome.Conflict conflict => Changed(conflict, condition is null ? StatusCodes.Status409Conflict : StatusCodes.Status412PreconditionFailed),
            ProfileOutcome.Throttled throttled => ApiProblem.TooMany(throttled.RetryAfter, "Too many changes right now."),
            ProfileOutcome.Gone => TypedResults.Unauthorized(),
            var other => throw new InvalidOperationException($"A change of profile ended as {other.GetType().Name}, for which there is no answer."),
        };
    }

    private static Ok<Answer> Answered(HttpContext http, ProfileInfo found)
    {
        http.Response.Headers.ETag = $"\"{found.Version}\"";
        return TypedResults.Ok(Answer.Of(found));
    }

    private static ApiProblem Changed(ProfileOutcome.Conflict conflict, int status) => new(
        status,
        "Somebody changed this meanwhile. Nothing was saved; send it again with the version of this answer to go over it.",
        conflict.Fields.Select(field => new FieldError(field.Field, field.Theirs is null ? "It is empty now." : $"It is \"{field.Theirs}\" now.")))
    {
        More = new Dictionary<string, object?>
        {
            ["version"] = conflict.Now.Version,
            ["changed"] = conflict.Fields.Select(field => new { field = field.Field, theirs = field.Theirs, yours = field.Yours }).ToList(),
        },
    };

    private sealed class Input
    {
        public JsonElement? Profile { get; init; }

        public JsonElement? Preferences { get; init; }

        public string? Version { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Others { get; init; }
    }

    private sealed record Answer(
        long Id,
        string Email,
        string? Username,
        IReadOnlyDictionary<string, string?> Profile,
        IReadOnlyDictionary<string, string?> Preferences,
        string? Picture,
        string Version)
    {
        public static Answer Of(ProfileInfo found) => new(
            found.UserId, found.Email, found.UserName,
            ProfileMembers.Under(PreferenceNames.ProfilePrefix, found.Values), ProfileMembers.Under(PreferenceNames.PreferencesPrefix, found.Values),
            found.PictureVersion is { } picture ? PortalUrls.Picture(picture) : null,
            found.Version);
    }
}
