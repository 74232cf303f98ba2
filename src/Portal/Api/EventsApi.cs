using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Activity;
using Portal.Accounts.Audit;

namespace Portal.Api;

/// <summary>
/// The caller's own security events, the newest first, page by page: <c>next</c> of one answer is <c>after</c> of the
/// following request, null at the end. <c>size</c> is 1 to 100, 50 by default; <c>kind</c> is a kind's name or a group's.
/// </summary>
internal static class EventsApi
{
    private const int UsualSize = 50;
    private const int MaxSize = 100;

    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("/events", ListAsync).RequireAuthorization()
        .Named("listEvents", "The own security events, the newest first.").WithTags(ApiTags.Account)
        .Reads([.. ParameterText.Paging(MaxSize, UsualSize), ParameterText.OneOf("kind", "Of this kind or group only.", EventKinds.All)]);

    // As text, so that a wrong value is answered by the field's name.
    private static async Task<Results<Ok<EventPage>, ApiProblem>> ListAsync(HttpContext http, IActivityService activity, string? after, string? size, string? kind)
    {
        List<FieldError> errors = [];
        var before = NumberOf(after, long.MaxValue) ?? Wrong("After", "Give the \"next\" of an answer.", after);
        var most = NumberOf(size, MaxSize) ?? Wrong("Size", $"Give a whole number from 1 to {MaxSize}.", size);
        var kinds = KindsOf(kind);
        if (!string.IsNullOrEmpty(kind) && kinds is null)
        {
            errors.Add(new FieldError("Kind", $"Give the name of a kind, such as {AuditKind.SignedIn.ToName()}, or of a group: {string.Join(", ", Enum.GetValues<ActivityGroup>().Select(group => group.ToName()))}."));
        }

        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        var list = await activity.ListAsync(http.User, kinds, before, (int)(most ?? UsualSize), http.RequestAborted);
        return TypedResults.Ok(new EventPage([.. list.Results.Select(Event.Of)], list.Next?.ToString(CultureInfo.InvariantCulture)));

        long? Wrong(string field, string message, string? given)
        {
            if (!string.IsNullOrEmpty(given))
            {
                errors.Add(new FieldError(field, message));
            }

            return null;
        }
    }

    private static long? NumberOf(string? text, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most ? number : null;

    private static IReadOnlyList<AuditKind>? KindsOf(string? name) =>
        AuditKindNames.FromName(name) is { } kind ? [kind]
        : ActivityGroups.FromName(name) is { } group ? ActivityGroups.KindsOf(group)
        : null;

    /// <summary>A page of one's own events.</summary>
    /// <param name="Results">Those of this page.</param>
    /// <param name="Next">Given as <c>after</c> it lists what comes then; null at the end.</param>
    internal sealed record EventPage(IReadOnlyList<Event> Results, string? Next) : IExample
    {
        public static object Example => new EventPage([(Event)Event.Example], null);
    }

    /// <summary>Something that happened to one's own account.</summary>
    /// <param name="Id">Its number: the greater, the later.</param>
    /// <param name="At">When.</param>
    /// <param name="Kind">What it is about: <c>signed-in</c>, <c>password-changed</c>, …</param>
    /// <param name="ByYou">Whether the caller did it; else a stranger, another person, or the portal.</param>
    /// <param name="Session">The public id of the session it was done in.</param>
    /// <param name="Ip">The address, while it is kept.</param>
    /// <param name="Country">ISO 3166-1 alpha-2.</param>
    /// <param name="Browser">The browser's name.</param>
    /// <param name="Os">The system's name.</param>
    /// <param name="Details">What else is known, by name.</param>
    internal sealed record Event(
        long Id,
        DateTimeOffset At,
        string Kind,
        bool ByYou,
        string? Session,
        string? Ip,
        string? Country,
        string? Browser,
        string? Os,
        IReadOnlyDictionary<string, JsonElement> Details) : IExample
    {
        public static object Example => new Event(
            41, ApiExamples.Moment, AuditKind.SignedIn.ToName(), true, ApiExamples.Session, "192.0.2.7", "NL", "Firefox", "Linux",
            new Dictionary<string, JsonElement> { ["method"] = JsonSerializer.SerializeToElement("pwd") });

        public static Event Of(ActivityInfo info) => new(
            info.Id, info.At, info.KindName, info.IsByYou, info.SessionId, info.Ip, info.Country, info.Browser, info.Os, info.Details);
    }
}
