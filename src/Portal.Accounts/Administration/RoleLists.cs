using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>Roles and their members as operators read them. Every query ends after a page, however many there are.</summary>
internal sealed class RoleLists(IDbContextFactory<PortalDbContext> contexts, Memberships memberships, ILookupNormalizer normalizer)
{
    private const int ShortestText = 2;
    private const int MostCandidates = 50;

    private static readonly Keyset<Role, string, long> ByName = new(role => role.NormalizedName!, role => role.Id, isDescending: false);
    private static readonly Keyset<IdentityUserRole<long>, long, long> ByUser = new(member => member.UserId, member => member.UserId, isDescending: false);

    public async Task<ListPage<RoleDetails>> PageAsync(string? text, ListWindow window, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var roles = context.Roles.AsNoTracking();
        if (TypedText.Normalize(text) is { Length: > 0 } typed)
        {
            roles = roles.Beginning(context, role => role.NormalizedName, normalizer.NormalizeName(typed));
        }

        var page = await ByName.ReadAsync(roles, window, await roles.TotalAsync(cancellationToken), cancellationToken);
        List<RoleDetails> details = [];
        foreach (var role in page.Results)
        {
            details.Add(await DetailsAsync(context, role, cancellationToken));
        }

        return page.With(details);
    }

    public async Task<RoleDetails?> FindAsync(string idOrName, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await memberships.FindByIdOrNameAsync(context, idOrName, cancellationToken) is { } role ? await DetailsAsync(context, role, cancellationToken) : null;
    }

    public async Task<ListPage<RoleMember>> MembersAsync(long roleId, ListWindow window, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var members = context.UserRoles.AsNoTracking().Where(member => member.RoleId == roleId);
        var page = await ByUser.ReadAsync(members, window, await members.TotalAsync(cancellationToken), cancellationToken);
        List<long> ids = [.. page.Results.Select(member => member.UserId)];
        var people = await context.Users
            .Where(user => EF.Parameter(ids).Contains(user.Id))
            .OrderBy(user => user.Id)
            .Select(user => new RoleMember(user.Id, user.Email!, user.UserName, user.IsActive, true))
            .ToListAsync(cancellationToken);
        return page.With(people);
    }

    public async Task<IReadOnlyList<RoleMember>> CandidatesAsync(long roleId, string text, int limit, CancellationToken cancellationToken)
    {
        if (TypedText.Normalize(text) is not { Length: >= ShortestText and <= UserSearch.MaxLoginLength } typed)
        {
            return [];
        }

        limit = Math.Clamp(limit, 1, MostCandidates);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await Read(context.Users.Beginning(context, user => user.NormalizedEmail, normalizer.NormalizeEmail(typed)).OrderBy(user => user.NormalizedEmail));
        if (found.Count < limit)
        {
            found.AddRange(await Read(context.Users.Beginning(context, user => user.NormalizedUserName, normalizer.NormalizeName(typed)).OrderBy(user => user.NormalizedUserName)));
        }

        return [.. found.DistinctBy(person => person.UserId).Take(limit)];

        Task<List<RoleMember>> Read(IQueryable<User> people) => people
            .Take(limit)
            .Select(user => new RoleMember(
                user.Id, user.Email!, user.UserName, user.IsActive, context.UserRoles.Any(member => member.UserId == user.Id && member.RoleId == roleId)))
            .ToListAsync(cancellationToken);
    }

    private static async Task<RoleDetails> DetailsAsync(PortalDbContext context, Role role, CancellationToken cancellationToken) => new(
        new RoleInfo(role.Id, role.Name!, role.Description, role.IsManaged),
        await context.UserRoles.Where(member => member.RoleId == role.Id).TotalAsync(cancellationToken),
        role.ConcurrencyStamp ?? "");
}
