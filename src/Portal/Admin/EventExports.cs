using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>The security events that a filter matches, as a file. What may not be given leads back to the page, which says so.</summary>
internal static class EventExports
{
    /// <summary><c>csv</c>, the usual, or <c>jsonl</c>.</summary>
    public const string FormatName = "format";

    public static void MapEventExports(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(PortalUrls.AdminEventsExportPath, ExportAsync).RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator });

    private static async Task<IResult> ExportAsync(HttpContext http, IEventAdmin events)
    {
        var (filter, errors) = await EventQuery.Of(name => http.Request.Query[name]).ReadAsync(events, http.RequestAborted);
        var format = http.Request.Query[FormatName] == "jsonl" ? EventExportFormat.JsonLines : EventExportFormat.Csv;
        // A filter that cannot be read would give everything.
        if (errors.Count > 0)
        {
            return Back(http, isRefused: false);
        }

        return await events.ExportAsync(filter, format, Operator.Of(http.User), http.RequestAborted) switch
        {
            EventExportOutcome.Ready ready => Results.Stream(target => ready.WriteAsync(target, http.RequestAborted), ready.ContentType, ready.FileName),
            _ => Back(http, isRefused: true),
        };
    }

    private static IResult Back(HttpContext http, bool isRefused)
    {
        var kept = http.Request.Query.Where(pair => pair.Key is not (FormatName or "export")).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value.ToString()));
        return Results.LocalRedirect(QueryHelpers.AddQueryString(PortalUrls.AdminEventsPath, isRefused ? kept.Append(new("export", "refused")) : kept));
    }
}
