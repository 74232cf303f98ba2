using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

internal sealed partial class UserAdmin(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    AccountCreation creation,
    UserSearch search,
    Memberships memberships,
    SessionEnder ender,
    AccountEvents events,
    AuditLog audit,
    Outbox outbox,
    TimeProvider time,
    IOptions<PortalOptions> portal,
    ILogger<UserAdmin> logger) : IUserAdmin
{
    private static readonly FieldError Oneself = new("User", "This is your own account. Ask another administrator, or delete it on your own pages.");

    public Task<AdminOutcome> CreateAsync(NewUser user, Operator by, CancellationToken cancellationToken) =>
        creation.CreateAsync(user, by, use: null, cancellationToken);

    public async Task<UserInfo?> FindAsync(string user, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await search.FindAsync(context, user, cancellationToken) is { } found
            ? (await InfosAsync(context, context.Users.Where(row => row.Id == found.Id), cancellationToken))[0]
            : null;
    }

    public async Task<IReadOnlyList<UserInfo>> ListAsync(long afterId, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await InfosAsync(context, context.Users.Where(user => user.Id > afterId).OrderBy(user => user.Id).Take(limit), cancellationToken);
    }

    public async Task<AdminOutcome> ActivateAsync(string user, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: false, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await search.FindAsync(context, user, cancellationToken) is not { } found)
        {
            return NoUser(user);
        }

        if (found is { IsActive: true, BlockedAt: null, ConfirmedAt: not null })
        {
            return new AdminOutcome.Unchanged();
        }

        var before = StateOf(found);
        (found.IsActive, found.BlockedAt, found.EmailConfirmed) = (true, null, true);
        found.ConfirmedAt ??= time.GetUtcNow();
        await audit.AddAsync(context, Changed(AuditKind.Activated, found, before, by), cancellationToken);
        var changed = memberships.Changed(context, found.Id);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(changed);
        Log.Activated(logger, found.Id, by.UserId);
        return new AdminOutcome.Done();
    }

    public async Task<AdminOutcome> DeactivateAsync(string user, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: true, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await search.FindAsync(context, user, cancellationToken) is not { } found)
        {
            return NoUser(user);
        }

        if (found.Id == by.UserId)
        {
            return new AdminOutcome.Refused([Oneself]);
        }

        if (!found.IsActive)
        {
            return new AdminOutcome.Unchanged();
        }

        if (await Administrators.IsLastAsync(context, found.Id, cancellationToken))
        {
            return new AdminOutcome.Refused([Memberships.LastAdministrator]);
        }

        var before = StateOf(found);
        (found.IsActive, found.BlockedAt, found.VerifiedAt) = (false, null, null);
        await audit.AddAsync(context, Changed(AuditKind.Deactivated, found, before, by), cancellationToken);
        var changed = memberships.Changed(context, found.Id);
        // The user's row first: a sign-in that runs at the same time takes it too, and so sees this or is seen by it.
        await context.SaveChangesAsync(cancellationToken);
        var ended = await ender.MarkAsync(context, SessionFilter.AllOf(found.Id), new SessionEnd(SessionEndReason.Deactivated, by.UserId, by.SessionId), cancellationToken);
        await outbox.AddAsync(context, new AccountMail.Deactivated(found.Email!, found.Id, found.UserName, portal.Value.AbsoluteUrl(PortalLinks.Home), time.GetUtcNow(), IsDomainBlocked: false), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        var count = ender.Announce(ended);
        events.Publish(changed);
        outbox.Wake();
        Log.Deactivated(logger, found.Id, by.UserId);
        return new AdminOutcome.Done(count);
    }

    internal static AdminOutcome NoUser(string user) => new AdminOutcome.NotFound($"There is no user \"{user}\".");

    private static object StateOf(User user) => new
    {
        active = user.IsActive,
        confirmed = user.ConfirmedAt is not null,
        blocked = user.BlockedAt is not null,
        verified = user.VerifiedAt is not null,
    };

    private static AuditEntry Changed(AuditKind kind, User user, object before, Operator by) => new(kind, user.Id)
    {
        ActorId = by.UserId,
        SessionId = by.SessionId,
        Details = new Dictionary<string, object?> { ["before"] = before, ["after"] = StateOf(user) },
    };

    private static async Task<IReadOnlyList<UserInfo>> InfosAsync(PortalDbContext context, IQueryable<User> users, CancellationToken cancellationToken) =>
        await users.Select(user => new UserInfo
        {
            Id = user.Id,
            Email = user.Email!,
            UserName = user.UserName,
            IsActive = user.IsActive,
            ConfirmedAt = user.ConfirmedAt,
            BlockedAt = user.BlockedAt,
            VerifiedAt = user.VerifiedAt,
            LastLoginAt = user.LoginInformation!.LastLoginAt,
            CreatedAt = user.CreatedAt,
            Roles = context.UserRoles.Where(member => member.UserId == user.Id)
                .Join(context.Roles, member => member.RoleId, role => role.Id, (member, role) => role)
                .OrderBy(role => role.Name)
                .Select(role => new RoleInfo(role.Id, role.Name!, role.Description, role.IsManaged))
                .ToList(),
        }).AsNoTracking().ToListAsync(cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} was activated by user {ByUserId}; null is the command line.")]
        public static partial void Activated(ILogger logger, long userId, long? byUserId);

        [LoggerMessage(2, LogLevel.Information, "User {UserId} was deactivated by user {ByUserId}; null is the command line.")]
        public static partial void Deactivated(ILogger logger, long userId, long? byUserId);
    }
}
