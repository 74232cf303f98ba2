using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>The door: gives and takes roles by itself, and leads to who reads and changes them.</summary>
internal sealed partial class RoleAdmin(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    UserSearch search,
    Memberships memberships,
    Administrators administrators,
    RoleLists lists,
    RoleChanges changes,
    RoleDeletion deletion,
    AccountEvents events,
    ILogger<RoleAdmin> logger) : IRoleAdmin
{
    public static readonly FieldError Oneself = new("User", "This is your own account. Ask another administrator to take the role from you.");

    public async Task<IReadOnlyList<RoleInfo>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Roles
            .OrderBy(role => role.NormalizedName)
            .Select(role => new RoleInfo(role.Id, role.Name!, role.Description, role.IsManaged))
            .ToListAsync(cancellationToken);
    }

    public Task<ListPage<RoleDetails>> PageAsync(string? text, ListWindow window, CancellationToken cancellationToken) =>
        lists.PageAsync(text, window, cancellationToken);

    public Task<RoleDetails?> FindAsync(string role, CancellationToken cancellationToken) => lists.FindAsync(role, cancellationToken);

    public Task<ListPage<RoleMember>> MembersAsync(long roleId, ListWindow window, CancellationToken cancellationToken) =>
        lists.MembersAsync(roleId, window, cancellationToken);

    public Task<IReadOnlyList<RoleMember>> CandidatesAsync(long roleId, string text, int limit, CancellationToken cancellationToken) =>
        lists.CandidatesAsync(roleId, text, limit, cancellationToken);

    public Task<AdminOutcome> CreateAsync(string name, string? description, Operator by, CancellationToken cancellationToken) =>
        changes.CreateAsync(name, description, by, cancellationToken);

    public Task<AdminOutcome> EditAsync(string role, RoleEdit edit, Operator by, CancellationToken cancellationToken) =>
        changes.EditAsync(role, edit, by, cancellationToken);

    public Task<AdminOutcome> DeleteAsync(string role, Operator by, string? version, Action<long>? progress, CancellationToken cancellationToken) =>
        deletion.DeleteAsync(role, version, by, progress, cancellationToken);

    public Task<AdminOutcome> AddAsync(string user, string role, Operator by, CancellationToken cancellationToken) =>
        GiveAsync(user, role, new OperatorAct(by), cancellationToken);

    public Task<AdminOutcome> RemoveAsync(string user, string role, Operator by, CancellationToken cancellationToken) =>
        TakeAsync(user, role, new OperatorAct(by), cancellationToken);

    internal Task<AdminOutcome> GiveAsync(UserReference user, string role, OperatorAct act, CancellationToken cancellationToken) =>
        ChangeAsync(user, role, act, async (context, userId, found) =>
            await WhyOldAsync(context, userId, act, cancellationToken)
            ?? (await memberships.AddAsync(context, userId, found, act, cancellationToken) is null ? new AdminOutcome.Unchanged() : null), cancellationToken);

    internal Task<AdminOutcome> TakeAsync(UserReference user, string role, OperatorAct act, CancellationToken cancellationToken) =>
        ChangeAsync(user, role, act, async (context, userId, found) =>
        {
            if (found.Name == RoleNames.Administrator && userId == act.By.UserId)
            {
                return new AdminOutcome.Refused([Oneself]);
            }

            if (found.Name == RoleNames.Administrator && await administrators.IsLastAsync(context, userId, cancellationToken))
            {
                return new AdminOutcome.Refused([Memberships.LastAdministrator]);
            }

            return await WhyOldAsync(context, userId, act, cancellationToken)
                ?? (await memberships.RemoveAsync(context, userId, found, act, cancellationToken) is null ? new AdminOutcome.Unchanged() : null);
        }, cancellationToken);

    /// <summary>The answer where the operator saw another version of the user. Behind the role's row, in the order of everybody who takes both.</summary>
    private static async Task<AdminOutcome?> WhyOldAsync(PortalDbContext context, long userId, OperatorAct act, CancellationToken cancellationToken) => act.By.Seen is null
        ? null
        : await context.Users.Where(row => row.Id == userId).TakeAndReadAsync(cancellationToken) is { } found ? act.WhyOld(found) : UserAdmin.NoUser($"{userId}");

    /// <summary>One change of a membership in a transaction. The change answers null when it was made.</summary>
    private async Task<AdminOutcome> ChangeAsync(
        UserReference user, string role, OperatorAct act, Func<PortalDbContext, long, Role, Task<AdminOutcome?>> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, act.By, isSensitive: !act.IsProved, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await search.FindIdAsync(context, user, cancellationToken) is not { } userId)
        {
            return UserAdmin.NoUser(user.Text);
        }

        if (await memberships.FindOrMakeRoleAsync(context, role, act.By, cancellationToken) is not { } managed)
        {
            return Memberships.NoRole(role);
        }

        if (!managed.IsManaged)
        {
            return new AdminOutcome.Refused([Memberships.ProvidedElsewhere]);
        }

        // Before the user's row, as everybody does; whoever deletes the role meanwhile comes before or after, so that its
        // members are counted once.
        if (!await context.Roles.Where(row => row.Id == managed.Id).TakeAsync(cancellationToken))
        {
            return Memberships.NoRole(role);
        }

        if (await change(context, userId, managed) is { } instead)
        {
            return instead;
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            // Another operator gave it at the same moment.
            return new AdminOutcome.Unchanged();
        }

        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(new AccountEvent.UserChanged(userId));
        Log.Changed(logger, userId, managed.Name!);
        return new AdminOutcome.Done();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The roles of user {UserId} changed: {Role}.")]
        public static partial void Changed(ILogger logger, long userId, string role);
    }
}
