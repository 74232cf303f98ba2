using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>
/// Everybody's live sessions, the newest first, page by page: <c>next</c> of one answer is <c>after</c> of the following
/// request. Filters: <c>q</c> or <c>user</c> (an id, address or username), <c>ip</c>, <c>country</c>, <c>browser</c>,
/// <c>os</c>, <c>online</c>, <c>impersonated</c>, <c>since</c>. The caller's own session is never ended here.
/// </summary>
internal static class AdminSessionsApi
{
    public static void MapAdminSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/admin/sessions").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator });
        sessions.MapGet("", ListAsync);
        sessions.MapGet("/{id}", FindAsync);
        sessions.MapDelete("/{id}", EndAsync);
        sessions.MapDelete("", EndMatchingAsync);
    }

    // As text, so that a wrong value is answered by the field's name.
    private static async Task<Results<Ok<AdminAnswers.Listed<AdminSessionAnswer>>, ApiProblem>> ListAsync(
        HttpContext http, ISessionAdmin sessions, [AsParameters] Filters filters, string? size, string? after)
    {
        List<FieldError> errors = [];
        var search = filters.Read(errors);
        var window = AdminAnswers.WindowOf(size, after, errors);
        return errors.Count > 0
            ? ApiProblem.Invalid(errors)
            : TypedResults.Ok(AdminAnswers.Listed<AdminSessionAnswer>.Of(
                await sessions.ListAsync(search, window!, http.RequestAborted), row => AdminSessionAnswer.Of(row.Session, http.User)));
    }

    private static async Task<Results<Ok<AdminSessionAnswer>, ApiProblem>> FindAsync(string id, HttpContext http, ISessionAdmin sessions) =>
        await sessions.FindAsync(id, http.RequestAborted) is { EndedAt: null } found
            ? TypedResults.Ok(AdminSessionAnswer.Of(found, http.User))
            : new ApiProblem(StatusCodes.Status404NotFound, $"There is no live session \"{id}\".");

    // An end once asked for is made, also when the caller hangs up.
    private static async Task<Results<Ok<AdminAnswers.Changed>, ApiProblem>> EndAsync(string id, HttpContext http, ISessionAdmin sessions) =>
        AdminAnswers.Of(await sessions.EndAsync(SessionChoice.These(id), Operator.Of(http.User), CancellationToken.None));

    /// <summary>Never all by omission: everybody's needs <c>all=true</c>.</summary>
    private static async Task<Results<Ok<AdminAnswers.Changed>, ApiProblem>> EndMatchingAsync(
        HttpContext http, ISessionAdmin sessions, [AsParameters] Filters filters, string? all)
    {
        List<FieldError> errors = [];
        var search = filters.Read(errors);
        if (errors.Count == 0 && search.IsEverything && all != "true")
        {
            errors.Add(new FieldError("All", "Name at least one filter; all=true ends everybody's sessions but your own."));
        }

        return errors.Count > 0
            ? ApiProblem.Invalid(errors)
            : AdminAnswers.Of(await sessions.EndAsync(SessionChoice.Matching(search), Operator.Of(http.User), CancellationToken.None));
    }

    private sealed class Filters
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
            DateTimeOffset since = default;
            if (!string.IsNullOrEmpty(Since) && !DateTimeOffset.TryParse(Since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since))
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
                IsOnline = Flag("Online", Online),
                IsImpersonation = Flag("Impersonated", Impersonated),
                Since = string.IsNullOrEmpty(Since) ? null : since,
            };

            bool Flag(string field, string? given)
            {
                if (given is not (null or "" or "true" or "false"))
                {
                    errors.Add(new FieldError(field, "Give true or false."));
                }

                return given == "true";
            }
        }

        private static string? Text(string? given) => string.IsNullOrWhiteSpace(given) ? null : given.Trim();
    }
}
