using System.Text.Json;

namespace Portal.Accounts.SignIn.External;

/// <summary>The refusals' names in addresses.</summary>
public static class ExternalRefusals
{
    private static readonly string[] Names = [.. Enum.GetNames<ExternalRefusal>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The lower-case name, words joined by hyphens.</summary>
    public static string ToName(this ExternalRefusal refusal) => Names[(int)refusal];

    /// <summary>The refusal of that exact name; null for any other text.</summary>
    public static ExternalRefusal? FromName(string? name) => Array.IndexOf(Names, name) is var index and >= 0 ? (ExternalRefusal)index : null;
}
