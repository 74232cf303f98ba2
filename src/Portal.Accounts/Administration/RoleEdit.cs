namespace Portal.Accounts.Administration;

/// <summary>What an operator wants changed of a role, and what they knew when they wanted it.</summary>
/// <param name="Name">Its name from now on; null keeps it.</param>
/// <param name="Description">What it is for from now on; empty for nothing, null keeps it.</param>
/// <param name="Version">The version that was read: another one there now answers <see cref="AdminOutcome.Conflict"/>. Null goes over whatever is there.</param>
public sealed record RoleEdit(string? Name, string? Description, string? Version = null)
{
    /// <summary>What a conflict calls the name.</summary>
    public const string NameField = "name";

    /// <summary>What a conflict calls the description.</summary>
    public const string DescriptionField = "description";
}
