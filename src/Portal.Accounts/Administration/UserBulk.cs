using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;

namespace Portal.Accounts.Administration;

/// <summary>Goes through a selection by id, one person and one transaction at a time.</summary>
/// <remarks>
/// Who they are is read once, before it begins: who drops out of the filter meanwhile is met all the same, and who comes to match
/// it was not meant. Of a million people that is eight megabytes.
/// </remarks>
internal sealed partial class UserBulk(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    BulkSelections selections,
    BulkPreviews previews,
    UserModeration moderation,
    RoleAdmin roles,
    Memberships memberships,
    AuditLog audit,
    TimeProvider time,
    ILogger<UserBulk> logger) : IUserBulk
{
    /// <summary>So many chosen by hand never wait: they may be urgent, and are soon done.</summary>
    private const int Few = 100;

    private static readonly FieldError OneAtATime = new("Selection", "Another batch of yours is under way. Wait for its end, or stop it.");

    /// <summary>Who has a batch under way here, by their ids; the command line's is a process of its own.</summary>
    private readonly ConcurrentDictionary<long, bool> _busy = [];

    public async Task<BulkPreview> PreviewAsync(BulkRequest request, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await previews.CountAsync(request, by, cancellationToken) with { WhyNot = await WhyNotAsync(context, request, cancellationToken) };
    }

    // SQLite waits for its file without giving the thread back: on a circuit's own turn nothing would be drawn, and no stop heard, before the end.
    public Task<BulkOutcome> RunAsync(BulkRequest request, Operator by, IProgress<BulkProgress>? progress, CancellationToken stop) =>
        Task.Run(() => AloneAsync(request, by, progress, stop), CancellationToken.None);

    /// <summary>Many at once would keep everybody else from writing.</summary>
    private async Task<BulkOutcome> AloneAsync(BulkRequest request, Operator by, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        if (request.Selection is UserSelection.Some { Ids.Count: <= Few })
        {
            return await GoThroughAsync(request, by, progress, stop);
        }

        var key = by.UserId ?? 0;
        if (!_busy.TryAdd(key, true))
        {
            return new BulkOutcome.Refused(new AdminOutcome.Refused([OneAtATime]));
        }

        try
        {
            return await GoThroughAsync(request, by, progress, stop);
        }
        finally
        {
            _busy.TryRemove(key, out _);
        }
    }

    private async Task<BulkOutcome> GoThroughAsync(BulkRequest request, Operator by, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        var act = new OperatorAct(by, request.Reason) { Batch = Guid.CreateVersion7().ToString("N"), IsProved = true };
        await using var context = await contexts.CreateDbContextAsync(stop);
        if (FaultOf(request) is { } fault)
        {
            return new BulkOutcome.Refused(new AdminOutcome.Refused([fault]));
        }

        // Before anybody is looked for; and once more in the transaction in which it begins.
        if (await guard.RefuseAsync(context, by, isSensitive: true, stop) is { } notAllowed)
        {
            return new BulkOutcome.Refused(notAllowed);
        }

        var people = await (await selections.FindAsync(context, request.Selection, stop)).Select(user => user.Id).OrderBy(id => id).ToListAsync(stop);
        if (await BeginAsync(context, request, people.Count, act, stop) is { } refused)
        {
            return new BulkOutcome.Refused(refused);
        }

        Log.Began(logger, act.Batch!, request.Action, by.UserId);
        var tally = new BulkTally(people.Count, progress, time);
        foreach (var id in people)
        {
            if (stop.IsCancellationRequested || tally.LostTheRight)
            {
                break;
            }

            tally.Add(id, await TryOneAsync(id, request, act));
        }

        return tally.Finish(act.Batch!, await AddressesAsync(context, tally.FailedIds));
    }

    private static FieldError? FaultOf(BulkRequest request) =>
        request.Selection is UserSelection.Some { Ids.Count: > BulkSelections.MaxIds } or UserSelection.Matching { Except.Count: > BulkSelections.MaxIds }
            ? new FieldError("Selection", "Select at most 10,000 people, or everybody whom a filter matches but for so many.")
            : OperatorAct.Fault(request.Reason, isRequired: request.Action is BulkAction.Block);

    /// <summary>What is wrong with it, whoever asks; null for nothing.</summary>
    private async Task<AdminOutcome?> WhyNotAsync(PortalDbContext context, BulkRequest request, CancellationToken cancellationToken) =>
        FaultOf(request) is { } fault ? new AdminOutcome.Refused([fault])
        : request.Action is not (BulkAction.GiveRole or BulkAction.TakeRole) ? null
        : await memberships.FindRoleAsync(context, request.Role ?? "", cancellationToken) switch
        {
            null => Memberships.NoRole(request.Role ?? ""),
            { IsManaged: false } => new AdminOutcome.Refused([Memberships.ProvidedElsewhere]),
            _ => null,
        };

    /// <summary>Asks whether it may begin, and notes that it does. Null when it may.</summary>
    private async Task<AdminOutcome?> BeginAsync(PortalDbContext context, BulkRequest request, int people, OperatorAct act, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, act.By, isSensitive: true, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await WhyNotAsync(context, request, cancellationToken) is { } unfit)
        {
            return unfit;
        }

        var (filter, except) = request.Selection is UserSelection.Matching matching ? (matching.Filter, matching.Except.Count) : (null, 0);
        await audit.AddAsync(context, act.Entry(
            AuditKind.BatchStarted,
            subjectId: null,
            ("action", request.Action.ToString()),
            ("role", request.Role),
            ("people", people),
            // Nobody's event outlives everybody: that a text was searched for is told, and not which, for it may be a person's address. The same where a domain is none.
            ("by_text", !string.IsNullOrWhiteSpace(filter?.Text)),
            ("filter", filter is null ? null : Shown(filter)),
            ("except", except > 0 ? except : null)), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        context.ChangeTracker.Clear();
        return null;
    }

    private static UserFilter Shown(UserFilter filter) =>
        filter with { Text = null, Domain = filter.Domain is { } domain && EmailAddress.DomainOf(domain) is null ? null : filter.Domain };

    /// <summary>Null when something broke: then it is noted, and the others go on.</summary>
    private async Task<AdminOutcome?> TryOneAsync(long userId, BulkRequest request, OperatorAct act)
    {
        try
        {
            return await (request.Action switch
            {
                BulkAction.Activate => moderation.MoveAsync(userId, UserMove.Activate, act, CancellationToken.None),
                BulkAction.Deactivate => moderation.MoveAsync(userId, UserMove.Deactivate, act, CancellationToken.None),
                BulkAction.Block => moderation.MoveAsync(userId, UserMove.Block, act, CancellationToken.None),
                BulkAction.Verify => moderation.MoveAsync(userId, UserMove.Verify, act, CancellationToken.None),
                BulkAction.Confirm => moderation.MoveAsync(userId, UserMove.ConfirmEmail, act, CancellationToken.None),
                BulkAction.SendReset => moderation.SendLinkAsync(userId, act, CancellationToken.None),
                BulkAction.GiveRole => roles.GiveAsync(userId, request.Role!, act, CancellationToken.None),
                BulkAction.TakeRole => roles.TakeAsync(userId, request.Role!, act, CancellationToken.None),
                _ => throw new ArgumentOutOfRangeException(nameof(request), request.Action, "There is no such action."),
            });
        }
        catch (Exception exception)
        {
            Log.Failed(logger, act.Batch!, userId, exception);
            return null;
        }
    }

    /// <summary>The addresses of those for whom it did not work and who are still there; nobody's where the database gives none.</summary>
    private async Task<IReadOnlyDictionary<long, string?>> AddressesAsync(PortalDbContext context, IReadOnlyList<long> ids)
    {
        try
        {
            return await context.Users.Where(user => EF.Parameter(ids).Contains(user.Id)).Select(user => new { user.Id, user.Email })
                .ToDictionaryAsync(user => user.Id, user => user.Email, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.Nameless(logger, exception);
            return new Dictionary<long, string?>();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Batch {Batch} began: {Action}, by user {ByUserId}; null is the command line.")]
        public static partial void Began(ILogger logger, string batch, BulkAction action, long? byUserId);

        [LoggerMessage(2, LogLevel.Error, "Batch {Batch} could not change user {UserId}; it goes on with the others.")]
        public static partial void Failed(ILogger logger, string batch, long userId, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "The addresses of those whom a batch could not change were not found.")]
        public static partial void Nameless(ILogger logger, Exception exception);
    }
}
