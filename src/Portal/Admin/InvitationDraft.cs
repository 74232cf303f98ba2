namespace Portal.Admin;

/// <summary>What is typed of an invitation.</summary>
public sealed class InvitationDraft
{
    public string? Email { get; set; }

    public string? UserName { get; set; }

    /// <summary>A role's name; null or empty for none.</summary>
    public string? Role { get; set; }
}
