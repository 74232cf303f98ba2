using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Administration;

/// <summary>Deletes a role, however many have it.</summary>
/// <remarks>
/// It is taken from its members a batch a transaction, with a breath in between so that others get to write; the role itself
/// goes with the last of them. Each transaction takes the role's row, as whoever gives it does, and begins with the lowest
/// number: who is given the role meanwhile is met too. Where it ends early the role stays with those who are left, and
/// going on is simply beginning anew.
/// </remarks>
internal sealed partial class RoleDeletion(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    Memberships memberships,
    AccountEvents events,
    AccountChanges changes,
    AuditLog audit,
    ILogger<RoleDeletion> logger)
{
    internal const int BatchSize = 1000;

    /// <summary>Real time, whatever the portal's clock says: the writers it makes room for are real.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    // SQLite works on the thread that asks it: on a circuit's own turn nothing would be drawn, and no stop heard, before the end.
    public Task<AdminOutcome> DeleteAsync(string role, string? version, Operator by, Action<long>? progress, CancellationToken stop) =>
        Task.Run(() => GoThroughAsync(role, version, by, progress, stop), CancellationToken.None);

    private async Task<AdminOutcome> GoThroughAsync(string role, string? version, Operator by, Action<long>? progress, CancellationToken stop)
    {
        var (roleId, lost) = ((long?)null, 0L);
        while (true)
        {
            Batch batch;
            try
            {
                batch = await TakeBatchAsync(roleId, role, version, lost, by, roleId is null ? stop : CancellationToken.None);
            }
            catch (Exception exception) when (roleId is { } begun)
            {
                Log.BrokeOff(logger, begun, exception);
                return End(begun, lost, isGone: false, by);
            }

            if (batch.Instead is { } instead)
            {
                // Once begun: somebody else was faster with the end, or they may not go on; what is done stays told.
                return roleId is { } begun ? End(begun, lost, isGone: instead is AdminOutcome.NotFound, by) with { LostTheRight = instead is AdminOutcome.NotAllowed } : instead;
            }

            (roleId, lost) = (batch.RoleId, lost + batch.Members);
            progress?.Invoke(lost);
            if (batch.IsLast)
            {
                return End(batch.RoleId, lost, isGone: true, by);
            }

            await Task.Delay(Breath, CancellationToken.None);
            if (stop.IsCancellationRequested)
            {
                return End(batch.RoleId, lost, isGone: false, by);
            }
        }
    }

    /// <summary>Takes the role from the next of its members, and where these are the last ones deletes it.</summary>
    /// <param name="begun">The role's number, from the second batch on.</param>
    /// <param name="role">The role as it was asked for.</param>
    /// <param name="version">The version that was read; heeded at the beginning.</param>
    /// <param name="before">How many have lost it already.</param>
    /// <param name="by">Who does it. That they are who they are is proved at the beginning: of very many it may take longer than that counts.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    private async Task<Batch> TakeBatchAsync(long? begun, string role, string? version, long before, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: begun is null, cancellationToken) is { } notAllowed)
        {
            return Batch.None(notAllowed);
        }

        // By its number alone from then on: a role of that number's name is another one.
        var asked = begun is { } id
            ? await context.Roles.SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            : await memberships.FindByIdOrNameAsync(context, role, cancellationToken);
        var (found, instead) = await Memberships.TakeRoleAsync(context, asked, role, cancellationToken);
        if (found is null)
        {
            return Batch.None(instead!);
        }

        if (begun is null && version is not null && version != found.ConcurrencyStamp)
        {
            return Batch.None(new AdminOutcome.Conflict(found.ConcurrencyStamp ?? "", []));
        }

        var members = await Memberships.NextAsync(context, found.Id, after: 0, BatchSize + 1, cancellationToken);
        var isLast = members.Count <= BatchSize;
        members = [.. members.Take(BatchSize)];
        await TakeFromAsync(context, found, members, isLast ? before + members.Count : null, by, cancellationToken);
        var changed = memberships.Changed(context, members);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        changed.ForEach(events.Publish);
        return new Batch(found.Id, members.Count, isLast, Instead: null);
    }

    /// <param name="context">The transaction's.</param>
    /// <param name="role">The role, taken.</param>
    /// <param name="members">Who loses it.</param>
    /// <param name="all">How many have lost it with these, where they are the last ones: then it goes too.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops the statements.</param>
    private async Task TakeFromAsync(PortalDbContext context, Role role, List<long> members, long? all, Operator by, CancellationToken cancellationToken)
    {
        var act = new OperatorAct(by);
        // Once for all of them: it is decided from one place.
        var origin = await AuditLog.OriginOfAsync(context, by.SessionId, cancellationToken);
        foreach (var member in members)
        {
            await audit.AddAsync(context, act.Entry(AuditKind.RoleTaken, member, ("role", role.Name)) with { Origin = origin }, cancellationToken);
            changes.Note(context, AccountChangeSubject.User, member, AccountChangeKind.Changed);
        }

        var roleId = role.Id;
        await context.Users.Where(user => EF.Parameter(members).Contains(user.Id)).CountRolesAsync(-1, cancellationToken);
        await context.UserRoles.Where(member => member.RoleId == roleId && EF.Parameter(members).Contains(member.UserId)).ExecuteDeleteAsync(cancellationToken);
        if (all is not null)
        {
            var deleted = act.Entry(AuditKind.RoleDeleted, subjectId: null, ("role", role.Name), ("members", all), ("before", new { description = role.Description }));
            await audit.AddAsync(context, deleted with { Origin = origin }, cancellationToken);
            context.Roles.Remove(role);
        }
    }

    private AdminOutcome.Done End(long roleId, long lost, bool isGone, Operator by)
    {
        Log.Ended(logger, roleId, isGone ? "deleted" : "taken from the first of its members", lost, by.UserId);
        return new AdminOutcome.Done { Members = lost, IsStopped = !isGone };
    }

    /// <param name="RoleId">The role's number.</param>
    /// <param name="Members">How many lost it.</param>
    /// <param name="IsLast">Whether they were the last ones, and it is gone.</param>
    /// <param name="Instead">What to answer, where nothing was done.</param>
    private sealed record Batch(long RoleId, int Members, bool IsLast, AdminOutcome? Instead)
    {
        public static Batch None(AdminOutcome instead) => new(0, 0, false, instead);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Role {RoleId} was {What}: {Count} people lost it, by user {ByUserId}; null is the command line.")]
        public static partial void Ended(ILogger logger, long roleId, string what, long count, long? byUserId);

        [LoggerMessage(2, LogLevel.Error, "Role {RoleId} could not be taken from the rest of its members; deleting it again goes on.")]
        public static partial void BrokeOff(ILogger logger, long roleId, Exception exception);
    }
}
