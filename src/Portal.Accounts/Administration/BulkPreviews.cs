using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>Counts what a batch would do, at the first <see cref="ListTotal.Most"/> people. How many all are may be known without counting.</summary>
internal sealed class BulkPreviews(
    IDbContextFactory<PortalDbContext> contexts,
    BulkSelections selections,
    Memberships memberships,
    Administrators administrators,
    LiveCircuits circuits,
    IOptions<AccountsOptions> accounts)
{
    private const int IdsPerQuery = 1000;

    public async Task<BulkPreview> CountAsync(BulkRequest request, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var role = request.Role is { } name ? await memberships.FindRoleAsync(context, name, cancellationToken) : null;
        var people = (await selections.FindAsync(context, request.Selection, cancellationToken)).OrderBy(user => user.Id);
        var selected = await selections.CountAsync(context, request.Selection, cancellationToken);
        IQueryable<User> first = people.Take(ListTotal.Most);
        var (self, takesAway) = (by.UserId ?? 0, TakesAdministrator(request.Action, role));
        var skipsYourself = takesAway && await first.AnyAsync(user => user.Id == self, cancellationToken);
        var last = takesAway ? await LastAsync(context, first, self, cancellationToken) : null;
        var wanted = first
            .Where(BulkSelections.Changing(context, request.Action, role?.Id ?? 0))
            .Where(user => !takesAway || (user.Id != self && user.Id != (last ?? 0)));
        var changing = await PossibleAsync(context, request.Action, wanted, cancellationToken);
        var count = await changing.CountAsync(cancellationToken);
        var refused = await wanted.CountAsync(cancellationToken) - count;
        var ends = request.Action is BulkAction.Deactivate or BulkAction.Block;
        return new BulkPreview
        {
            Selected = selected,
            Changing = new ListTotal(count, selected.IsFew),
            AlreadySo = new ListTotal(Math.Min(selected.Count, ListTotal.Most) - count - refused - (skipsYourself ? 1 : 0) - (last is null ? 0 : 1), selected.IsFew),
            Refused = new ListTotal(refused, selected.IsFew),
            SkipsYourself = skipsYourself,
            SkipsLastAdministrator = last is not null,
            EndingSessions = !ends ? new ListTotal(0) : await changing
                .SelectMany(user => context.Sessions.Where(session => session.UserId == user.Id && session.EndedAt == null))
                .TotalAsync(cancellationToken),
            OnlineNow = await OnlineAsync(changing, cancellationToken),
        };
    }

    private static bool TakesAdministrator(BulkAction action, Role? role) => action is BulkAction.Deactivate or BulkAction.Block
        || (action is BulkAction.TakeRole && role?.Name == RoleNames.Administrator);

    /// <summary>Without those whom <see cref="UserModeration"/> refuses.</summary>
    private async Task<IQueryable<User>> PossibleAsync(PortalDbContext context, BulkAction action, IQueryable<User> people, CancellationToken cancellationToken)
    {
        if (action is BulkAction.SendReset)
        {
            // As of InvitationLinks.IsOpenFor: an invitation goes out all the same.
            return accounts.Value.Recovery ? people : people.Where(user => user.PasswordHash == null && user.ConfirmedAt == null);
        }

        if (action is not (BulkAction.Activate or BulkAction.Confirm))
        {
            return people;
        }

        var domains = await people.Where(user => user.ConfirmedAt == null && user.Domain != null).Select(user => user.Domain!).Distinct().ToListAsync(cancellationToken);
        var blocked = context.RowsOf(await EmailDomainRules.BlockedAsync(context, domains, cancellationToken));
        return people.Where(user => user.ConfirmedAt != null || user.Domain == null || !blocked.Contains(user.Domain));
    }

    /// <summary>The administrator who stays because every other one is selected too; null when one is left anyway.</summary>
    private async Task<long?> LastAsync(PortalDbContext context, IQueryable<User> selected, long self, CancellationToken cancellationToken)
    {
        var able = administrators.Able(context);
        return await able.AnyAsync(user => user.Id == self || !selected.Any(other => other.Id == user.Id), cancellationToken)
            ? null
            // They go one after the other, by id; the last one is refused.
            : await able.OrderByDescending(user => user.Id).Select(user => (long?)user.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<int> OnlineAsync(IQueryable<User> people, CancellationToken cancellationToken)
    {
        var online = 0;
        foreach (var ids in circuits.OnlineUserIds.Chunk(IdsPerQuery))
        {
            online += await people.CountAsync(user => EF.Parameter(ids).Contains(user.Id), cancellationToken);
        }

        return online;
    }
}
