namespace Portal.Accounts;

/// <summary>Roles the portal itself knows.</summary>
public static class RoleNames
{
    /// <summary>May use everything below <c>/admin</c>; its sessions have shorter limits.</summary>
    public const string Administrator = "admin";

    /// <summary>The same as the roles' normalised column holds it.</summary>
    internal const string NormalizedAdministrator = "ADMIN";
}
