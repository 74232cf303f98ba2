using System.Text.Json;
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
        var profile = api.MapGroup("/profile").RequireAuthorization().WithTags(ApiTags.Account);
        profile.MapGet("", GetAsync).Named("getProfile", "The own profile and preferences.").Versioned();
        profile.MapPatch("", ChangeAsync).Named("changeProfile", "Change what is named; null or an empty text empties it.").Takes<ProfileChange>().Versioned()
            .Refuses(StatusCodes.Status409Conflict, "The same was changed meanwhile, and the body names an older version.")
            .Refuses(StatusCodes.Status429TooManyRequests, "Too many changes right now.");
    }

    private static async Task<Results<Ok<OwnProfile>, UnauthorizedHttpResult>> GetAsync(HttpContext http, IProfileService profiles) =>
        await profiles.FindAsync(http.User, http.RequestAborted) is { } found ? Answered(http, found) : TypedResults.Unauthorized();

    private static async Task<Results<Ok<OwnProfile>, ApiProblem, UnauthorizedHttpResult>> ChangeAsync(HttpContext http, IProfileService profiles)
    {
        var input = await RequestBody.ReadAsync<ProfileChange>(http);
        Dictionary<string, string?> changes = [];
        List<FieldError> errors = [];
        ProfileMembers.Collect(input.Profile, PreferenceNames.ProfilePrefix, changes, errors);
        ProfileMembers.Collect(input.Preferences, PreferenceNames.PreferencesPrefix, changes, errors);
        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        var condition = await IfMatch.ReadAsync(http.Request, async () => (await profiles.FindAsync(http.User, http.RequestAborted))?.Version);
        return await profiles.SaveAsync(http.User, new ProfileEdit(changes) { Version = condition ?? input.Version }, http.RequestAborted) switch
        {
            ProfileOutcome.Saved saved => Answered(http, saved.Now),
            ProfileOutcome.Invalid invalid => ApiProblem.Invalid(invalid.Errors),
            ProfileOutcome.Conflict conflict => ApiProblem.Lost(conflict.Now.Version, conflict.Fields, isConditional: condition is not null),
            ProfileOutcome.Throttled throttled => ApiProblem.TooMany(throttled.RetryAfter, "Too many changes right now."),
            ProfileOutcome.Gone => TypedResults.Unauthorized(),
            var other => throw new InvalidOperationException($"A change of profile ended as {other.GetType().Name}, for which there is no answer."),
        };
    }

    private static Ok<OwnProfile> Answered(HttpContext http, ProfileInfo found)
    {
        http.Response.Headers.ETag = $"\"{found.Version}\"";
        return TypedResults.Ok(OwnProfile.Of(found));
    }

    internal sealed class ProfileChange : IExample
    {
        public static object Example => new ProfileChange { Profile = JsonSerializer.SerializeToElement(new { full_name = "Ada Lovelace" }) };

        /// <summary>Fields to change.</summary>
        public JsonElement? Profile { get; init; }

        /// <summary>Preferences to change.</summary>
        public JsonElement? Preferences { get; init; }

        /// <summary>The version that was read, where If-Match does not name it.</summary>
        public string? Version { get; init; }
    }

    /// <summary>One's own profile.</summary>
    /// <param name="Id">The id of the account.</param>
    /// <param name="Email">The address.</param>
    /// <param name="Username">The username; null for none.</param>
    /// <param name="Profile">The fields, by name.</param>
    /// <param name="Preferences">The preferences, by name.</param>
    /// <param name="Picture">Where the picture is; null for none.</param>
    /// <param name="Version">What If-Match takes.</param>
    internal sealed record OwnProfile(
        long Id,
        string Email,
        string? Username,
        IReadOnlyDictionary<string, string?> Profile,
        IReadOnlyDictionary<string, string?> Preferences,
        string? Picture,
        string Version) : IExample
    {
        public static object Example => new OwnProfile(7, "ada@example.org", "ada", ApiExamples.Profile, ApiExamples.Preferences, null, "9f2c41d07be5");

        public static OwnProfile Of(ProfileInfo found) => new(
            found.UserId, found.Email, found.UserName,
            ProfileMembers.Under(PreferenceNames.ProfilePrefix, found.Values), ProfileMembers.Under(PreferenceNames.PreferencesPrefix, found.Values),
            found.PictureVersion is { } picture ? PortalUrls.Picture(picture) : null,
            found.Version);
    }
}
