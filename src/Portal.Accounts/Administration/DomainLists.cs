using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>Reads the list of domains.</summary>
internal sealed class DomainLists(IDbContextFactory<PortalDbContext> contexts)
{
    public async Task<DomainList> ListAsync(DomainFilter filter, DomainSort sort, bool isDescending, ListWindow window, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Matching(context.EmailDomains.AsNoTracking(), filter);
        var total = await rows.TotalAsync(cancellationToken);
        var page = sort switch
        {
            DomainSort.Created => await ReadAsync(rows, row => row.CreatedAt, isDescending, window, total, cancellationToken),
            DomainSort.Updated => await ReadAsync(rows, row => row.UpdatedAt, isDescending, window, total, cancellationToken),
            DomainSort.Users => await ReadByUsersAsync(context, rows, isDescending, window, total, cancellationToken),
            _ => await ReadAsync(rows, row => row.Name, isDescending, window, total, cancellationToken),
        };
        Dictionary<string, ListTotal> byStatus = [];
        foreach (var status in DomainStatusNames.All)
        {
            byStatus[status.ToName()] = await context.EmailDomains.Where(row => row.Status == status).TotalAsync(cancellationToken);
        }

        return new DomainList(
            page.With(await InfosAsync(context, page.Results, cancellationToken)),
            await context.EmailDomains.TotalAsync(cancellationToken),
            byStatus,
            // Compared, for a column that stands by itself is no place in SQLite's index.
            await context.EmailDomains.Where(row => row.IsFlagged == EF.Parameter(true)).TotalAsync(cancellationToken));
    }

    public async Task<DomainInfo?> FindAsync(string domain, CancellationToken cancellationToken)
    {
        if (EmailAddress.DomainOf(domain) is not { } name)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.EmailDomains.AsNoTracking().Where(row => row.Name == name).ToListAsync(cancellationToken);
        return (await InfosAsync(context, rows, cancellationToken)).SingleOrDefault();
    }

    private static Task<ListPage<EmailDomain>> ReadAsync<TKey>(
        IQueryable<EmailDomain> rows, Expression<Func<EmailDomain, TKey>> key, bool isDescending, ListWindow window, ListTotal total, CancellationToken cancellationToken) =>
        new Keyset<EmailDomain, TKey, long>(key, row => row.Id, isDescending).ReadAsync(rows, window, total, cancellationToken);

    /// <summary>A sum has no place in an index; it is a look at the few kept numbers of each domain.</summary>
    private static async Task<ListPage<EmailDomain>> ReadByUsersAsync(
        PortalDbContext context, IQueryable<EmailDomain> rows, bool isDescending, ListWindow window, ListTotal total, CancellationToken cancellationToken)
    {
        var inhabited = rows.Select(row => new InhabitedDomain
        {
            Row = row,
            Users = context.UserCounts.Where(count => count.Domain == row.Name).Sum(count => count.Count),
        });
        var page = await new Keyset<InhabitedDomain, long, long>(found => found.Users, found => found.Row.Id, isDescending).ReadAsync(inhabited, window, total, cancellationToken);
        return page.With([.. page.Results.Select(found => found.Row)]);
    }

    private static IQueryable<EmailDomain> Matching(IQueryable<EmailDomain> rows, DomainFilter filter)
    {
        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            var part = EmailAddress.DomainOf(search) ?? search.ToLowerInvariant();
            rows = rows.Where(row => row.Name.Contains(part));
        }

        if (filter.Status is { } name)
        {
            var status = DomainStatusNames.FromName(name) ?? 0;
            rows = rows.Where(row => row.Status == status);
        }

        if (filter.IsFlagged is { } flagged)
        {
            rows = rows.Where(row => row.IsFlagged == flagged);
        }

        if (filter.CategoryId is { } category)
        {
            rows = rows.Where(row => row.CategoryId == category);
        }

        return filter.OrganisationId is { } organisation ? rows.Where(row => row.OrganisationId == organisation) : rows;
    }

    private static async Task<IReadOnlyList<DomainInfo>> InfosAsync(PortalDbContext context, IReadOnlyList<EmailDomain> rows, CancellationToken cancellationToken)
    {
        var users = await UserCounts.OfDomainsAsync(context, [.. rows.Select(row => row.Name)], cancellationToken);
        var categories = await context.DomainCategories.AsNoTracking().ToDictionaryAsync(row => row.Id, row => new DomainCategoryInfo(row.Id, row.Name), cancellationToken);
        var organisations = await OrganisationPaths.OfAsync(context, rows.Select(row => row.OrganisationId).OfType<long>(), cancellationToken);
        return [.. rows.Select(row => new DomainInfo
        {
            Id = row.Id,
            Name = row.Name,
            Status = row.Status.ToName(),
            Category = row.CategoryId is { } category ? categories.GetValueOrDefault(category) : null,
            Organisation = row.OrganisationId is { } organisation ? organisations.GetValueOrDefault(organisation) : null,
            IsFlagged = row.IsFlagged,
            FlagSource = row.FlagSource,
            Users = users.GetValueOrDefault(row.Name) ?? UserCountInfo.None,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            Version = DomainChanges.VersionOf(row),
        })];
    }

    private sealed class InhabitedDomain
    {
        public required EmailDomain Row { get; init; }

        public long Users { get; init; }
    }
}
