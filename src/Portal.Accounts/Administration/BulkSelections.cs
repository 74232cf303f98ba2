using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Who is meant by a batch, as queries.</summary>
internal sealed class BulkSelections(UserFilters filters)
{
    /// <summary>More ids than that are no selection that somebody made.</summary>
    public const int MaxIds = 10_000;

    public async Task<IQueryable<User>> FindAsync(PortalDbContext context, UserSelection selection, CancellationToken cancellationToken) => selection switch
    {
        // One parameter that holds the list, however long it is.
        UserSelection.Some { Ids: var ids } => ByIds(context, [.. ids.Take(MaxIds)]),
        UserSelection.Matching { Filter: var filter, Except: { Count: > 0 } except } =>
            (await filters.FindAsync(context, filter, cancellationToken)).Where(user => !EF.Parameter(except).Contains(user.Id)),
        UserSelection.Matching { Filter: var filter } => await filters.FindAsync(context, filter, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(selection), selection, "There is no query for this selection."),
    };

    /// <summary>How many they are: exactly where the database keeps the number, however many.</summary>
    public async Task<ListTotal> CountAsync(PortalDbContext context, UserSelection selection, CancellationToken cancellationToken)
    {
        if (selection is UserSelection.Matching { Filter: { HasText: false } filter, Except: var except }
            && await filters.CountAsync(context, filter, cancellationToken) is { IsExact: true } total)
        {
            var spared = except.Count == 0 ? 0
                : await (await filters.FindAsync(context, filter, cancellationToken)).CountAsync(user => EF.Parameter(except).Contains(user.Id), cancellationToken);
            return new ListTotal(total.Count - spared);
        }

        return await (await FindAsync(context, selection, cancellationToken)).TotalAsync(cancellationToken);
    }

    /// <summary>Those for whom an action would change something.</summary>
    public static Expression<Func<User, bool>> Changing(PortalDbContext context, BulkAction action, long roleId) => action switch
    {
        BulkAction.Activate => user => !user.IsActive || user.BlockedAt != null || user.ConfirmedAt == null
            || (user.PasswordHash != null && user.AccessFailedCount >= WrongPasswords.MaxInARow),
        BulkAction.Deactivate or BulkAction.SendReset => user => user.IsActive,
        BulkAction.Block => user => user.BlockedAt == null,
        BulkAction.Verify => user => !user.IsActive || user.BlockedAt != null || user.ConfirmedAt == null || user.VerifiedAt == null,
        BulkAction.Confirm => user => user.ConfirmedAt == null,
        BulkAction.GiveRole => user => !context.UserRoles.Any(member => member.UserId == user.Id && member.RoleId == roleId),
        BulkAction.TakeRole => user => context.UserRoles.Any(member => member.UserId == user.Id && member.RoleId == roleId),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "There is no query for this action."),
    };

    private static IQueryable<User> ByIds(PortalDbContext context, List<long> ids) => context.Users.Where(user => EF.Parameter(ids).Contains(user.Id));
}
