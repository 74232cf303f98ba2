using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Where organisations stand in their tree.</summary>
internal static class OrganisationPaths
{
    /// <summary>These with their paths, by id: a query for each level.</summary>
    public static async Task<IReadOnlyDictionary<long, OrganisationInfo>> OfAsync(PortalDbContext context, IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        List<long> asked = [.. ids.Distinct()];
        Dictionary<long, Organisation> known = [];
        var missing = asked;
        for (var depth = 0; depth < Organisation.MaxDepth && missing.Count > 0; depth++)
        {
            var now = missing;
            foreach (var row in await context.Organisations.AsNoTracking().Where(row => now.Contains(row.Id)).ToListAsync(cancellationToken))
            {
                known[row.Id] = row;
            }

            missing = [.. now.Select(id => known.GetValueOrDefault(id)?.ParentId).OfType<long>().Where(id => !known.ContainsKey(id)).Distinct()];
        }

        return asked.Where(known.ContainsKey).ToDictionary(id => id, id => InfoOf(known[id], known));
    }

    /// <summary>All of them, each under the one it is a part of.</summary>
    public static async Task<IReadOnlyList<OrganisationInfo>> AllAsync(PortalDbContext context, CancellationToken cancellationToken)
    {
        var rows = await context.Organisations.AsNoTracking().ToDictionaryAsync(row => row.Id, cancellationToken);
        return [.. rows.Values.Select(row => InfoOf(row, rows)).OrderBy(info => string.Join('\u0001', info.Path), StringComparer.OrdinalIgnoreCase).ThenBy(info => info.Id)];
    }

    private static OrganisationInfo InfoOf(Organisation row, IReadOnlyDictionary<long, Organisation> known)
    {
        List<string> path = [];
        for (var at = row; at is not null && path.Count < Organisation.MaxDepth; at = at.ParentId is { } parent ? known.GetValueOrDefault(parent) : null)
        {
            path.Insert(0, at.Name);
        }

        return new OrganisationInfo(row.Id, row.Name, row.Identifier, row.ParentId, path);
    }
}
