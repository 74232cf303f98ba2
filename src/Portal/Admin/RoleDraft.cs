namespace Portal.Admin;

/// <summary>What is typed about a role.</summary>
public sealed class RoleDraft
{
    public string? Name { get; set; }

    public string? Description { get; set; }
}
