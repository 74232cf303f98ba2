namespace Portal.Accounts.Administration;

/// <summary>A role.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name, unique whatever its case.</param>
/// <param name="Description">What it is for; null when nobody said.</param>
/// <param name="IsManaged">False when another system provides it and it is read-only here.</param>
public sealed record RoleInfo(long Id, string Name, string? Description, bool IsManaged);
