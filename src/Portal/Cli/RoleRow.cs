using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary>A role in the answers of the command line.</summary>
internal sealed record RoleRow(long Id, string Name, string? Description, bool Managed)
{
    public static RoleRow Of(RoleInfo role) => new(role.Id, role.Name, role.Description, role.IsManaged);
}
