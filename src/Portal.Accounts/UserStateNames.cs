namespace Portal.Accounts;

/// <summary>The names of users' states, as addresses, requests and commands have them.</summary>
public static class UserStateNames
{
    /// <summary>Every name.</summary>
    public static IReadOnlyCollection<string> All { get; } = [.. Enum.GetNames<UserState>().Select(name => name.ToLowerInvariant())];

    /// <summary>The state of that exact name; null for any other text, and for none.</summary>
    public static UserState? FromName(string? name) => name is not null && All.Contains(name) ? Enum.Parse<UserState>(name, ignoreCase: true) : null;
}
