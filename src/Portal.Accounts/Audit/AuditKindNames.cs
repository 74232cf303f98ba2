using System.Text.Json;

namespace Portal.Accounts.Audit;

/// <summary>The kinds' names in the database, exports and addresses.</summary>
public static class AuditKindNames
{
    private static readonly string[] Names = [.. Enum.GetNames<AuditKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The lower-case name, words joined by hyphens.</summary>
    public static string ToName(this AuditKind kind) => Names[(int)kind];

    /// <summary>The kind of that exact name; null for any other text, also one that only a newer build knows.</summary>
    public static AuditKind? FromName(string? name) =>
        Array.IndexOf(Names, name) is var index and >= 0 ? (AuditKind)index : null;
}
