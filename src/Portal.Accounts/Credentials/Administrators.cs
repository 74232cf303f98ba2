using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Credentials;

/// <summary>That somebody always can administer: whoever takes an administrator away asks here first, in the same transaction.</summary>
internal sealed class Administrators(WaysIn ways)
{
    /// <summary>Those who could sign in and administer now: who was invited and has not come yet helps nobody.</summary>
    public IQueryable<User> Able(PortalDbContext context) => ways.Able(context).Where(user => context.AdministratorIds.Contains(user.Id));

    /// <summary>
    /// Whether they are the only one who could sign in and administer. Takes the role's row, so that two losses at once are
    /// one after the other; take it before a user's row, as everybody does.
    /// </summary>
    public async Task<bool> IsLastAsync(PortalDbContext context, long userId, CancellationToken cancellationToken)
    {
        await context.Roles.Where(role => role.NormalizedName == RoleNames.NormalizedAdministrator)
            .ExecuteUpdateAsync(row => row.SetProperty(role => role.Name, RoleNames.Administrator), cancellationToken);
        var administrators = await Able(context).Select(user => user.Id).Take(2).ToListAsync(cancellationToken);
        return administrators is [var only] && only == userId;
    }
}
