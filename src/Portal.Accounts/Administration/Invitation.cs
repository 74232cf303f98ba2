namespace Portal.Accounts.Administration;

/// <summary>An account an operator makes for somebody, who takes it over by a mailed link.</summary>
public sealed record Invitation
{
    /// <summary>The address. Following the link confirms it.</summary>
    public required string Email { get; init; }

    /// <summary>A username; null or empty for none.</summary>
    public string? UserName { get; init; }

    /// <summary>A JSON object of profile fields, as the settings name them (<c>full_name</c>, <c>affiliations</c>); null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Roles they get, by name; each must exist, but for the administrators' own, which is made.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
