using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Api;

/// <summary>
/// Everybody's live sessions, the newest first. Filters: <c>q</c> or <c>user</c> (an id, address or username), <c>ip</c>, <c>country</c>, <c>browser</c>,
/// <c>os</c>, <c>online</c>, <c>impersonated</c>, <c>since</c>. The caller's own session is never ended here.
/// </summary>
internal static class AdminSessionsApi
{
    private const string NewestFirst = "-created";
    private const string Missing = "There is no such live session.";

    public static void MapAdminSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/admin/sessions").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithTags(ApiTags.AllSessions);
        var id = ParameterText.InPath("id", "The public id of a session.", ApiExamples.Session);
        sessions.MapGet("", ListAsync).Named("listAllSessions", "Everybody's live sessions, the newest first.")
            .Reads([.. FilterTexts, .. ListParameters.Texts(NewestFirst, ["created"])]);
        sessions.MapGet("/{id}", FindAsync).Named("getSession", "One live session.").Reads(id)
            .Refuses(StatusCodes.Status404NotFound, Missing);
        sessions.MapDelete("/{id}", EndAsync).Named("endAnySession", "End a session of anybody else's.").Reads(id)
            .Refuses(StatusCodes.Status400BadRequest, "It is the session that asks.")
            .Refuses(StatusCodes.Status404NotFound, Missing);
        sessions.MapDelete("", EndMatchingAsync).Named("endMatchingSessions", "End all sessions that match, the one that asks apart.")
            .Reads(
            [
                .. FilterTexts,
                ParameterText.Flag("all", "Must be true to end everybody's; with a filter it says nothing."),
                ParameterText.DryRun("True: ends none, answers with what would end."),
            ]);
    }

    private static IEnumerable<ParameterText> FilterTexts =>
    [
        new("q", "Whose: an id, address or username.") { Example = "ada" },
        new("user", "The same.") { Example = "7" },
        new("ip", "From this network address.") { Example = "192.0.2.7" },
        new("country", "From this country, by ISO 3166-1 alpha-2.") { Example = "NL" },
        new("browser", "In this browser.") { Example = "Firefox" },
        new("os", "On this system.") { Example = "Linux" },
        ParameterText.Filter("online", "With an open tab only."),
        ParameterText.Filter("impersonated", "Only those in which an administrator acts as somebody."),
        new("since", "Begun at this moment or later; without a zone UTC.") { Example = "2026-01-31T08:00:00Z" },
    ];

    // As text, so that a wrong value is answered by the field's name.
    private static async Task<Results<Ok<PageAnswer<AdminSessionAnswer>>, ApiProblem>> ListAsync(
        HttpContext http, ISessionAdmin sessions, [AsParameters] Filters filters, [AsParameters] ListParameters part)
    {
        List<FieldError> errors = [];
        var search = filters.Read(errors);
        var window = part.ReadWindow(errors, NewestFirst);
        return errors.Count > 0
            ? ApiProblem.Invalid(errors)
            : PageAnswer<AdminSessionAnswer>.Answer(
                part, await sessions.ListAsync(search, window, http.RequestAborted), row => AdminSessionAnswer.Of(row.Session, http.User));
    }

    private static async Task<Results<Ok<AdminSessionAnswer>, ApiProblem>> FindAsync(string id, HttpContext http, ISessionAdmin sessions) =>
        await sessions.FindAsync(id, http.RequestAborted) is { EndedAt: null } found
            ? TypedResults.Ok(AdminSessionAnswer.Of(found, http.User))
            : new ApiProblem(StatusCodes.Status404NotFound, $"There is no live session \"{id}\".");

    // An end once asked for is made, also when the caller hangs up.
    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> EndAsync(string id, HttpContext http, ISessionAdmin sessions) =>
        AdminAnswers.Of(await sessions.EndAsync(SessionChoice.These(id), Operator.Of(http.User), CancellationToken.None));

    /// <summary>Never all by omission: everybody's needs <c>all=true</c>.</summary>
    private static async Task<Results<Ok<EndedAnswer>, Ok<EndsForetold>, ApiProblem>> EndMatchingAsync(
        HttpContext http, ISessionAdmin sessions, [AsParameters] Filters filters, string? all, [FromQuery(Name = AdminAnswers.DryRunName)] string? dryRun)
    {
        List<FieldError> errors = [];
        var search = filters.Read(errors);
        var isDryRun = AdminAnswers.IsDryRun(errors, dryRun);
        if (errors.Count == 0 && search.IsEverything && all != "true")
        {
            errors.Add(new FieldError("All", "Name at least one filter; all=true ends everybody's sessions but your own."));
        }

        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        var (which, by) = (SessionChoice.Matching(search), Operator.Of(http.User));
        if (isDryRun)
        {
            return TypedResults.Ok(EndsForetold.Of(await sessions.PreviewAsync(which, by, http.RequestAborted)));
        }

        return await sessions.EndAsync(which, by, CancellationToken.None) switch
        {
            AdminOutcome.Done { IsStopped: true } done => new ApiProblem(
                StatusCodes.Status403Forbidden,
                string.Create(CultureInfo.InvariantCulture, $"This session may not administer any longer. Sessions that had ended before that: {done.EndedSessions}; the others go on.")),
            AdminOutcome.Done done => TypedResults.Ok(new EndedAnswer(done.EndedSessions, Changed: true)),
            AdminOutcome.Unchanged => TypedResults.Ok(new EndedAnswer(0, Changed: false)),
            var refused => AdminAnswers.Problem(refused),
        };
    }

    /// <summary>What ending them would do.</summary>
    /// <param name="Sessions">How many would end; the one that asks apart. Counted to 10,000.</param>
    /// <param name="SessionsIsExact">False when there are more.</param>
    /// <param name="People">How many people have them; no more are counted than sessions were.</param>
    /// <param name="Online">How many of them have an open tab.</param>
    /// <param name="SparesOwn">Whether the one that asks is among them: it stays.</param>
    internal sealed record EndsForetold(long Sessions, bool SessionsIsExact, long People, long Online, bool SparesOwn) : IExample
    {
        public static object Example => new EndsForetold(14, true, 9, 2, true);

        public static EndsForetold Of(SessionsPreview preview) =>
            new(preview.Sessions.Count, preview.Sessions.IsExact, preview.People, preview.Online, preview.SparesOwn);
    }

    internal sealed class Filters
    {
        public string? Q { get; init; }

        public string? User { get; init; }

        public string? Ip { get; init; }

        public string? Country { get; init; }

        public string? Browser { get; init; }

        public string? Os { get; init; }

        public string? Online { get; init; }

        public string? Impersonated { get; init; }

        public string? Since { get; init; }

        public SessionSearch Read(List<FieldError> errors)
        {
            var since = IsoMoment.Read(Since);
            if (!string.IsNullOrEmpty(Since) && since is null)
            {
                errors.Add(new FieldError("Since", "Give a moment or a day in ISO 8601, such as 2026-01-31T08:00:00Z."));
            }

            return new SessionSearch
            {
                User = Text(User) ?? Text(Q),
                Ip = Text(Ip),
                Country = Text(Country)?.ToUpperInvariant(),
                Browser = Text(Browser),
                Os = Text(Os),
                IsOnline = ListParameters.ReadFilter(errors, "Online", Online),
                IsImpersonation = ListParameters.ReadFilter(errors, "Impersonated", Impersonated),
                Since = since,
            };
        }

        private static string? Text(string? given) => string.IsNullOrWhiteSpace(given) ? null : given.Trim();
    }
}
