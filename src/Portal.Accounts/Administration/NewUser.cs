namespace Portal.Accounts.Administration;

/// <summary>An account an operator makes.</summary>
public sealed record NewUser
{
    /// <summary>The address.</summary>
    public required string Email { get; init; }

    /// <summary>A username; null or empty for none.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, under the same rules as everywhere.</summary>
    public required string Password { get; init; }

    /// <summary>Whether they may sign in at once.</summary>
    public bool IsActive { get; init; }

    /// <summary>Whether the address counts as confirmed; a verified domain then verifies who is active.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>A JSON object of profile fields, as the settings name them (<c>full_name</c>, <c>affiliations</c>); null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Roles they get, by name; each must exist, but for the administrators' own, which is made.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
