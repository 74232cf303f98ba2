using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Accounts.Data;

namespace Portal.Accounts.Profiles;

/// <summary>Security events as the person they are about, or who did them, may take them along: without what belongs to somebody else.</summary>
internal static class ExportedEvents
{
    /// <summary>What the log says of the actor's device and place.</summary>
    private static readonly string[] Whereabouts = ["browser", "os", "country"];

    /// <summary>An event of the person's own account. Where an operator acted, from where they did is theirs.</summary>
    public static object About(AuditEvent row, long userId)
    {
        var isTheirs = row.ActorId is { } actor && actor != userId;
        var details = Details(row);
        foreach (var name in isTheirs ? Whereabouts : [])
        {
            details?.Remove(name);
        }

        return new
        {
            row.Id,
            row.At,
            row.Kind,
            By = isTheirs ? "somebody else" : row.ActorId is null ? null : "you",
            SessionId = isTheirs ? null : row.SessionId,
            Ip = isTheirs ? null : row.Ip,
            Details = details,
        };
    }

    /// <summary>Something the person did to another account, whose it stays, or to none.</summary>
    public static object Elsewhere(AuditEvent row) => new
    {
        row.Id,
        row.At,
        row.Kind,
        By = "you",
        row.SessionId,
        row.Ip,
        Details = row.SubjectId is null ? Details(row) : null,
    };

    private static JsonObject? Details(AuditEvent row)
    {
        try
        {
            return row.Details is null ? null : JsonNode.Parse(row.Details) as JsonObject;
        }
        catch (JsonException)
        {
            return new JsonObject { ["text"] = row.Details };
        }
    }
}
