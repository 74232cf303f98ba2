using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

internal sealed partial class RoleAdmin(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    UserSearch search,
    Memberships memberships,
    AccountEvents events,
    ILogger<RoleAdmin> logger) : IRoleAdmin
{
    private static readonly FieldError Oneself = new("User", "This is your own account. Ask another administrator to take the role from you.");

    public async Task<IReadOnlyList<RoleInfo>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Roles
            .OrderBy(role => role.NormalizedName)
            .Select(role => new RoleInfo(role.Id, role.Name!, role.Description, role.IsManaged))
            .ToListAsync(cancellationToken);
    }

    public async Task<AdminOutcome> CreateAsync(string name, string? description, Operator by, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > PortalDbContext.Lengths.RoleName || name.Any(char.IsControl))
        {
            return new AdminOutcome.Refused([new FieldError("Name", "A role's name has 1 to 80 printable characters.")]);
        }

        if (description?.Length > PortalDbContext.Lengths.Name)
        {
            return new AdminOutcome.Refused([new FieldError("Description", "A role's description has at most 255 characters.")]);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: false, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await memberships.FindRoleAsync(context, name, cancellationToken) is not null)
        {
            return new AdminOutcome.Unchanged();
        }

        await memberships.MakeRoleAsync(context, memberships.NewRole(name, description), by, cancellationToken);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return new AdminOutcome.Unchanged();
        }

        return new AdminOutcome.Done();
    }

    public Task<AdminOutcome> AddAsync(string user, string role, Operator by, CancellationToken cancellationToken) =>
        ChangeAsync(user, role, by, async (context, userId, found) =>
            await memberships.AddAsync(context, userId, found, by, cancellationToken) is null ? new AdminOutcome.Unchanged() : null, cancellationToken);

    public Task<AdminOutcome> RemoveAsync(string user, string role, Operator by, CancellationToken cancellationToken) =>
        ChangeAsync(user, role, by, async (context, userId, found) =>
        {
            if (found.Name == RoleNames.Administrator && userId == by.UserId)
            {
                return new AdminOutcome.Refused([Oneself]);
            }

            if (found.Name == RoleNames.Administrator && await Administrators.IsLastAsync(context, userId, cancellationToken))
            {
                return new AdminOutcome.Refused([Memberships.LastAdministrator]);
            }

            return await memberships.RemoveAsync(context, userId, found, by, cancellationToken) is null ? new AdminOutcome.Unchanged() : null;
        }, cancellationToken);

    /// <summary>One change of a membership in a transaction. The change answers null when it was made.</summary>
    private async Task<AdminOutcome> ChangeAsync(
        string user, string role, Operator by, Func<PortalDbContext, long, Role, Task<AdminOutcome?>> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: true, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await search.FindAsync(context, user, cancellationToken) is not { } found)
        {
            return UserAdmin.NoUser(user);
        }

        if (await memberships.FindOrMakeRoleAsync(context, role, by, cancellationToken) is not { } managed)
        {
            return new AdminOutcome.NotFound($"There is no role \"{role}\".");
        }

        if (!managed.IsManaged)
        {
            return new AdminOutcome.Refused([new FieldError("Role", "Another system provides this role; change its members there.")]);
        }

        if (await change(context, found.Id, managed) is { } instead)
        {
            return instead;
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(new AccountEvent.UserChanged(found.Id));
        Log.Changed(logger, found.Id, managed.Name!);
        return new AdminOutcome.Done();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The roles of user {UserId} changed: {Role}.")]
        public static partial void Changed(ILogger logger, long userId, string role);
    }
}
