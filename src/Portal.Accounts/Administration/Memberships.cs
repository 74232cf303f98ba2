using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>
/// Who holds which role, inside the caller's transaction; and that somebody always can administer.
/// </summary>
internal sealed class Memberships(AccountEvents events, AccountChanges changes, AuditLog audit, SessionEnder ender, ILookupNormalizer normalizer)
{
    public static readonly FieldError LastAdministrator =
        new("User", "This is the last administrator who can sign in. Give another person the role admin first.");

    public static readonly FieldError ProvidedElsewhere = new("Role", "Another system provides this role; change it and its members there.");

    private static readonly FieldError Protected = new("Role", "The portal relies on the role admin; it is neither renamed nor deleted.");

    public static AdminOutcome NoRole(string role) => new AdminOutcome.NotFound($"There is no role \"{role}\".");

    /// <summary>By its number, else by its name; where a name is a number, the number wins.</summary>
    public async Task<Role?> FindByIdOrNameAsync(PortalDbContext context, string idOrName, CancellationToken cancellationToken)
    {
        var byId = long.TryParse(idOrName, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await context.Roles.SingleOrDefaultAsync(role => role.Id == id, cancellationToken)
            : null;
        return byId ?? await FindRoleAsync(context, idOrName, cancellationToken);
    }

    public Task<Role?> FindRoleAsync(PortalDbContext context, string name, CancellationToken cancellationToken)
    {
        var normalized = normalizer.NormalizeName(TypedText.Normalize(name) ?? "");
        return context.Roles.SingleOrDefaultAsync(role => role.NormalizedName == normalized, cancellationToken);
    }

    /// <summary>A role that was found, its row taken for this transaction, where it may be changed. Without one, what to answer instead.</summary>
    /// <param name="context">The transaction's.</param>
    /// <param name="found">What was found; null for nothing.</param>
    /// <param name="asked">What was looked for.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public static async Task<(Role? Role, AdminOutcome? Instead)> TakeRoleAsync(PortalDbContext context, Role? found, string asked, CancellationToken cancellationToken)
    {
        if (found is null)
        {
            return (null, NoRole(asked));
        }

        if (!found.IsManaged || found.Name == RoleNames.Administrator)
        {
            return (null, new AdminOutcome.Refused([found.IsManaged ? Protected : ProvidedElsewhere]));
        }

        var id = found.Id;
        await context.Roles.Where(row => row.Id == id).TakeAsync(cancellationToken);
        await context.Entry(found).ReloadAsync(cancellationToken);
        return context.Entry(found).State is EntityState.Detached ? (null, NoRole(asked)) : (found, null);
    }

    /// <summary>The next who have a role, by number.</summary>
    public static Task<List<long>> NextAsync(PortalDbContext context, long roleId, long after, int most, CancellationToken cancellationToken) =>
        context.UserRoles.Where(member => member.RoleId == roleId && member.UserId > after)
            .OrderBy(member => member.UserId)
            .Select(member => member.UserId)
            .Take(most)
            .ToListAsync(cancellationToken);

    /// <summary>The role of that name; the administrators' own is made when it is missing.</summary>
    public async Task<Role?> FindOrMakeRoleAsync(PortalDbContext context, string name, Operator by, CancellationToken cancellationToken)
    {
        if (await FindRoleAsync(context, name, cancellationToken) is { } found)
        {
            return found;
        }

        if (!string.Equals(name.Trim(), RoleNames.Administrator, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var role = NewRole(RoleNames.Administrator, "Looks after users, roles, sessions and domains.");
        await MakeRoleAsync(context, role, by, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        return role;
    }

    public Role NewRole(string name, string? description) => new()
    {
        // Policies compare names letter by letter: the administrators' role has one spelling.
        Name = string.Equals(name, RoleNames.Administrator, StringComparison.OrdinalIgnoreCase) ? RoleNames.Administrator : name,
        NormalizedName = normalizer.NormalizeName(name),
        Description = description,
        ConcurrencyStamp = Guid.CreateVersion7().ToString(),
    };

    /// <summary>Adds a new role to what the context saves next.</summary>
    public Task MakeRoleAsync(PortalDbContext context, Role role, Operator by, CancellationToken cancellationToken)
    {
        context.Roles.Add(role);
        return audit.AddAsync(
            context, new OperatorAct(by).Entry(AuditKind.RoleCreated, subjectId: null, ("role", role.Name), ("after", new { description = role.Description })), cancellationToken);
    }

    /// <summary>Gives a role. Null when they have it already.</summary>
    public async Task<AccountEvent.UserChanged?> AddAsync(PortalDbContext context, long userId, Role role, OperatorAct act, CancellationToken cancellationToken)
    {
        if (await context.UserRoles.AnyAsync(member => member.UserId == userId && member.RoleId == role.Id, cancellationToken))
        {
            return null;
        }

        context.UserRoles.Add(new IdentityUserRole<long> { UserId = userId, RoleId = role.Id });
        await context.Users.Where(user => user.Id == userId).CountRolesAsync(1, cancellationToken);
        await audit.AddAsync(context, act.Entry(AuditKind.RoleGiven, userId, ("role", role.Name)), cancellationToken);
        await EndImpersonationsAsync(context, role, SessionFilter.ImpersonationsOf(userId), act.By, cancellationToken);
        return Changed(context, userId);
    }

    /// <summary>Takes a role. Null when they do not have it.</summary>
    public async Task<AccountEvent.UserChanged?> RemoveAsync(PortalDbContext context, long userId, Role role, OperatorAct act, CancellationToken cancellationToken)
    {
        if (await context.UserRoles.Where(member => member.UserId == userId && member.RoleId == role.Id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return null;
        }

        await context.Users.Where(user => user.Id == userId).CountRolesAsync(-1, cancellationToken);
        changes.Note(context, AccountChangeSubject.User, userId, AccountChangeKind.Changed);
        await audit.AddAsync(context, act.Entry(AuditKind.RoleTaken, userId, ("role", role.Name)), cancellationToken);
        await EndImpersonationsAsync(context, role, SessionFilter.ImpersonationsBy(userId), act.By, cancellationToken);
        return Changed(context, userId);
    }

    public AccountEvent.UserChanged Changed(PortalDbContext context, long userId) => Changed(context, [userId])[0];

    /// <summary>Records that something changed for these users, to be published after the commit.</summary>
    public List<AccountEvent.UserChanged> Changed(PortalDbContext context, IEnumerable<long> userIds)
    {
        List<AccountEvent.UserChanged> changed = [.. userIds.Select(userId => new AccountEvent.UserChanged(userId))];
        events.Record(context, changed);
        return changed;
    }

    /// <summary>
    /// Only administrators act as others, and never as one another. Needs no announcement of its own: of the change of role,
    /// which is announced, each node looks at these sessions again.
    /// </summary>
    private async Task EndImpersonationsAsync(PortalDbContext context, Role role, SessionFilter which, Operator by, CancellationToken cancellationToken)
    {
        if (role.Name == RoleNames.Administrator)
        {
            await ender.MarkAsync(context, which, new SessionEnd(SessionEndReason.Left, by.UserId, by.SessionId), cancellationToken);
        }
    }
}
