using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Controls;

namespace Portal.Api;

/// <summary>
/// The log of security events for administrators, the newest first. Filters: <c>kind</c> (a kind's name or a group's),
/// <c>q</c> or <c>subject</c>, and <c>actor</c> (an id, address or username), <c>from</c>, <c>to</c>, <c>ip</c>.
/// </summary>
internal static class AdminEventsApi
{
    private const string NewestFirst = "-at";
    private const string Q = "q";

    public static void MapAdminEvents(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/admin/events").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithTags(ApiTags.Events);
        events.MapGet("", ListAsync).Named("listAllEvents", "Everybody's security events, the newest first.")
            .Reads(
            [
                ParameterText.OneOf(EventQuery.KindName, "Of this kind or group only.", EventKinds.All),
                new ParameterText(Q, "Whose account: an id, address or username.") { Example = "ada" },
                new ParameterText(EventQuery.SubjectName, "The same.") { Example = "7" },
                new ParameterText(EventQuery.ActorName, "Who did it: an id, address or username.") { Example = "grace@example.org" },
                new ParameterText(EventQuery.FromName, "From this day or moment on; without a zone UTC.") { Example = "2026-01-31" },
                new ParameterText(EventQuery.ToName, "Up to and including this day, or before this moment.") { Example = "2026-01-31T08:00:00Z" },
                new ParameterText(EventQuery.IpName, "From exactly this network address.") { Example = "192.0.2.7" },
                .. ListParameters.Texts(NewestFirst, ["at"]),
            ]);
        events.MapGet("/{id}", FindAsync).Named("getEvent", "One security event.").Reads(ParameterText.InPath("id", "Its number.", "41"))
            .Refuses(StatusCodes.Status404NotFound, "There is no such event.");
    }

    private static async Task<Results<Ok<AdminEvent>, ApiProblem>> FindAsync(string id, HttpContext http, IEventAdmin events) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && await events.FindAsync(number, http.RequestAborted) is { } found
            ? TypedResults.Ok(AdminEvent.Of(found))
            : new ApiProblem(StatusCodes.Status404NotFound, $"There is no event {id}.");

    private static async Task<Results<Ok<PageAnswer<AdminEvent>>, ApiProblem>> ListAsync(HttpContext http, IEventAdmin events, [AsParameters] ListParameters part)
    {
        var asked = http.Request.Query;
        var isByQ = string.IsNullOrEmpty(asked[EventQuery.SubjectName]);
        var (filter, faults) = await EventQuery.Of(name => asked[name is EventQuery.SubjectName && isByQ ? Q : name]).ReadAsync(events, http.RequestAborted);
        List<FieldError> errors = [.. faults.Select(fault => isByQ && fault.Field == "Subject" ? fault with { Field = Q } : fault)];
        var window = part.ReadWindow(errors, NewestFirst);
        return errors.Count > 0
            ? ApiProblem.Invalid(errors)
            : PageAnswer<AdminEvent>.Answer(part, await events.ListAsync(filter, window, http.RequestAborted), AdminEvent.Of);
    }

    /// <summary>Something that happened to somebody's account.</summary>
    /// <param name="Id">Its number: the greater, the later.</param>
    /// <param name="At">When.</param>
    /// <param name="Kind">What it is about.</param>
    /// <param name="Subject">Whose account; its email is null when it is deleted.</param>
    /// <param name="Actor">Who did it; null for a stranger, the portal and the command line.</param>
    /// <param name="Session">The public id of the session it was done in.</param>
    /// <param name="Ip">The address, while it is kept.</param>
    /// <param name="Country">ISO 3166-1 alpha-2.</param>
    /// <param name="Browser">The browser's name.</param>
    /// <param name="Os">The system's name.</param>
    /// <param name="Details">What else is known, by name.</param>
    internal sealed record AdminEvent(
        long Id, DateTimeOffset At, string Kind, EventPersonInfo? Subject, EventPersonInfo? Actor, string? Session, string? Ip,
        string? Country, string? Browser, string? Os, IReadOnlyDictionary<string, JsonElement> Details) : IExample
    {
        public static object Example => new AdminEvent(
            41, ApiExamples.Moment, AuditKind.SignedIn.ToName(), new EventPersonInfo(7, "ada@example.org"), new EventPersonInfo(7, "ada@example.org"), ApiExamples.Session,
            "192.0.2.7", "NL", "Firefox", "Linux", new Dictionary<string, JsonElement> { ["method"] = JsonSerializer.SerializeToElement("pwd") });

        public static AdminEvent Of(EventInfo happened) => new(
            happened.Id, happened.At, happened.KindName, happened.Subject, happened.Actor, happened.SessionId, happened.Ip,
            happened.Country, happened.Browser, happened.Os, happened.Details);
    }
}
