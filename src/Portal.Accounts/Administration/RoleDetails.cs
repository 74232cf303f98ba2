namespace Portal.Accounts.Administration;

/// <summary>A role as operators see it.</summary>
/// <param name="Role">The role.</param>
/// <param name="Members">How many people have it.</param>
/// <param name="Version">Changes whenever name or description do; opaque.</param>
public sealed record RoleDetails(RoleInfo Role, ListTotal Members, string Version)
{
    /// <summary>Whether the portal itself relies on it: it gains and loses members, but is neither renamed nor deleted.</summary>
    public bool IsProtected => Role.Name == RoleNames.Administrator;

    /// <summary>Whether it may be renamed, described anew and deleted here.</summary>
    public bool CanBeChanged => Role.IsManaged && !IsProtected;
}
