using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

internal sealed class UserList(IDbContextFactory<PortalDbContext> contexts, UserFilters filters, LiveCircuits circuits) : IUserList
{
    public async Task<ListPage<ListedUserInfo>> ListAsync(
        UserFilter filter, UserSort sort, bool isDescending, ListWindow window, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var match = await filters.MatchAsync(context, filter, cancellationToken);
        var ids = match.Hits is { } hits
            ? await FoundAsync(match, hits, window, cancellationToken)
            : sort switch
            {
                UserSort.UserName => await ReadAsync(user => user.SortUserName, isDescending),
                UserSort.Name => await ReadAsync(user => user.NormalizedFullName, isDescending),
                UserSort.State => await ReadAsync(user => user.State, isDescending),
                UserSort.Roles => await ReadAsync(user => user.RoleCount, isDescending),
                UserSort.SecondFactor => await ReadAsync(user => user.SortSecondFactor, isDescending),
                UserSort.Sessions => await ReadAsync(user => user.LiveSessions, isDescending),
                UserSort.Domain => await ReadAsync(user => user.Domain!, isDescending),
                UserSort.SignedIn => await ReadAsync(user => user.SignedInAt, isDescending),
                UserSort.Created => await ReadAsync(user => user.CreatedAt, isDescending),
                UserSort.Id => await ReadAsync(user => user.Id, isDescending),
                _ => await ReadAsync(user => user.NormalizedEmail!, isDescending),
            };
        return ids.With(await InfosAsync(context, ids.Results, cancellationToken));

        Task<ListPage<long>> ReadAsync<TKey>(Expression<Func<User, TKey>> key, bool isDown) =>
            new Keyset<User, TKey, long>(key, user => user.Id, isDown).ReadIdsAsync(match.Users, window, match.Total, cancellationToken);
    }

    public async Task<UserListTotals?> CountAsync(UserFilter within, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var all = new UserFilter { Text = within.Text, Role = within.Role, Domain = within.Domain };
        if (all is { Role: null, HasText: false })
        {
            return await TotalsAsync(filter => filters.CountAsync(context, filter, cancellationToken));
        }

        var match = await filters.MatchAsync(context, all, cancellationToken);
        if (!match.Total.IsFew)
        {
            return null;
        }

        var kinds = await match.Users
            .GroupBy(user => new { user.State, IsVerified = user.VerifiedAt != null, user.TwoFactorEnabled })
            .Select(kind => new { kind.Key.State, kind.Key.IsVerified, kind.Key.TwoFactorEnabled, Count = kind.Count() })
            .ToListAsync(cancellationToken);
        return await TotalsAsync(async filter => filter is { IsLocked: false, IsOnline: false }
            ? new ListTotal(kinds
                .Where(kind => (filter.State ?? kind.State) == kind.State && (kind.IsVerified || !filter.IsVerified) && (filter.HasSecondFactor ?? kind.TwoFactorEnabled) == kind.TwoFactorEnabled)
                .Sum(kind => kind.Count))
            : await filters.Passing(context, filter, match.Users).TotalAsync(cancellationToken));

        async Task<UserListTotals> TotalsAsync(Func<UserFilter, Task<ListTotal>> count)
        {
            Dictionary<UserState, ListTotal> states = [];
            foreach (var state in Enum.GetValues<UserState>())
            {
                states[state] = await count(all with { State = state });
            }

            return new UserListTotals(
                await count(all),
                states,
                await count(all with { IsVerified = true }),
                await count(all with { HasSecondFactor = true }),
                await count(all with { HasSecondFactor = false }),
                await count(all with { IsLocked = true }),
                await count(all with { IsOnline = true }));
        }
    }

    /// <summary>A page as the indexes of texts give it, before whom comes whose id the text is, if need be as one more than a page has.</summary>
    private static async Task<ListPage<long>> FoundAsync(UserMatch match, ITextHits hits, ListWindow window, CancellationToken cancellationToken)
    {
        var page = await hits.ReadAsync(match.Users, window, cancellationToken) with { IsSorted = false };
        if (match.Exact is not { } exact)
        {
            return page;
        }

        page = page with { Results = [.. page.Results.Where(id => id != exact)] };
        return page.Previous is null && window is { After: null, IsLast: false } && await match.Users.AnyAsync(user => user.Id == exact, cancellationToken)
            ? page with { Results = [exact, .. page.Results] }
            : page;
    }

    /// <summary>What stands beside the users' own rows, for the few of a page.</summary>
    private async Task<IReadOnlyList<ListedUserInfo>> InfosAsync(PortalDbContext context, IReadOnlyList<long> page, CancellationToken cancellationToken)
    {
        var ids = page.ToList();
        var users = await context.Users.AsNoTracking().Where(user => EF.Parameter(ids).Contains(user.Id)).ToDictionaryAsync(user => user.Id, cancellationToken);
        var roles = await context.UserRoles.Where(member => EF.Parameter(ids).Contains(member.UserId))
            .Join(context.Roles, member => member.RoleId, role => role.Id, (member, role) => new { member.UserId, Role = new RoleInfo(role.Id, role.Name!, role.Description, role.IsManaged) })
            .ToListAsync(cancellationToken);
        var open = circuits.ByUser();
        // Who was deleted between the two queries is left out.
        return [.. ids.Where(users.ContainsKey).Select(id => users[id]).Select(user => new ListedUserInfo
        {
            Id = user.Id,
            Email = user.Email!,
            UserName = user.UserName,
            FullName = ProfileText.FullName(user.Profile),
            State = user.State,
            IsActive = user.IsActive,
            BlockedAt = user.BlockedAt,
            VerifiedAt = user.VerifiedAt,
            HasTooManyWrongPasswords = user.PasswordHash is not null && user.AccessFailedCount >= WrongPasswords.MaxInARow,
            HasSecondFactor = user.TwoFactorEnabled,
            ConfirmedAt = user.ConfirmedAt,
            Domain = user.Domain,
            SignedInAt = user.SignedInAt == DateTimeOffset.MinValue ? null : user.SignedInAt,
            CreatedAt = user.CreatedAt,
            Roles = [.. roles.Where(member => member.UserId == user.Id).Select(member => member.Role).OrderBy(role => role.Name, StringComparer.Ordinal)],
            Sessions = user.LiveSessions,
            Tabs = open.GetValueOrDefault(user.Id)?.Count(circuit => circuit.IsConnected) ?? 0,
        })];
    }
}
