using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Turns rows of the log into what operators see.</summary>
internal static class EventRows
{
    public static async Task<IReadOnlyList<EventInfo>> InfosAsync(PortalDbContext context, IReadOnlyList<AuditEvent> rows, CancellationToken cancellationToken)
    {
        List<long> ids = [.. rows.SelectMany(row => new[] { row.SubjectId, row.ActorId }).OfType<long>().Distinct()];
        var emails = await context.Users.Where(user => EF.Parameter(ids).Contains(user.Id)).Select(user => new { user.Id, user.Email })
            .ToDictionaryAsync(user => user.Id, user => user.Email, cancellationToken);
        return [.. rows.Select(row => InfoOf(row, emails))];
    }

    private static EventInfo InfoOf(AuditEvent row, IReadOnlyDictionary<long, string?> emails)
    {
        var details = DetailsOf(row.Details);
        return new EventInfo
        {
            Id = row.Id,
            At = row.At,
            KindName = row.Kind,
            Subject = PersonOf(row.SubjectId, emails),
            Actor = PersonOf(row.ActorId, emails),
            SessionId = row.SessionId,
            Ip = row.Ip,
            Country = Take(details, "country"),
            Browser = Take(details, "browser"),
            Os = Take(details, "os"),
            Details = details,
        };
    }

    private static EventPersonInfo? PersonOf(long? id, IReadOnlyDictionary<long, string?> emails) =>
        id is { } known ? new EventPersonInfo(known, emails.GetValueOrDefault(known)) : null;

    private static Dictionary<string, JsonElement> DetailsOf(string? json)
    {
        try
        {
            return json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json) ?? [];
        }
        catch (JsonException)
        {
            // Somebody wrote into the table; verifying the log tells which row. The page still opens.
            return [];
        }
    }

    private static string? Take(Dictionary<string, JsonElement> details, string name) =>
        details.Remove(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
