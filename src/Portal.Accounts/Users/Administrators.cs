using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>That somebody always can administer: whoever takes an administrator away asks here first, in the same transaction.</summary>
internal static class Administrators
{
    /// <summary>
    /// Whether nobody else who is active holds the administrator role. Takes the role's row, so that two losses at once are
    /// one after the other; take it before a user's row, as everybody does.
    /// </summary>
    public static async Task<bool> IsLastAsync(PortalDbContext context, long userId, CancellationToken cancellationToken)
    {
        await context.Roles.Where(role => role.NormalizedName == RoleNames.NormalizedAdministrator)
            .ExecuteUpdateAsync(row => row.SetProperty(role => role.Name, RoleNames.Administrator), cancellationToken);
        var administrators = await context.UserRoles
            .Where(member => context.Roles.Any(role => role.Id == member.RoleId && role.NormalizedName == RoleNames.NormalizedAdministrator)
                && context.Users.Any(user => user.Id == member.UserId && user.IsActive))
            .Select(member => member.UserId)
            .Take(2)
            .ToListAsync(cancellationToken);
        return administrators is [var only] && only == userId;
    }
}
