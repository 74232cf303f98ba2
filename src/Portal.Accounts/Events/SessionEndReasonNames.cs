namespace Portal.Accounts.Events;

/// <summary>The reasons' names in addresses, JSON and the database.</summary>
public static class SessionEndReasonNames
{
    private static readonly string[] Names = [.. Enum.GetValues<SessionEndReason>().Select(Kebab)];

    /// <summary>The lower-case name, words joined by hyphens: <c>password-changed</c>.</summary>
    public static string ToName(this SessionEndReason reason) => Names[(int)reason];

    /// <summary>The reason of that exact name; null for any other text.</summary>
    public static SessionEndReason? FromName(string? name) =>
        Array.IndexOf(Names, name) is var index and >= 0 ? (SessionEndReason)index : null;

    private static string Kebab(SessionEndReason reason) => reason is SessionEndReason.PasswordChanged
        ? "password-changed"
        : reason.ToString().ToLowerInvariant();
}
