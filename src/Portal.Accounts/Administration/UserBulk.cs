using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Goes through a selection by id, one person and one transaction at a time.</summary>
/// <remarks>
/// By place, never by counting rows off: whoever is changed may drop out of the filter, and nobody is missed or met twice by
/// that. Who comes after it began has a greater id than the last one of then, and is left alone.
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
    private const int IdsPerQuery = 500;

    public Task<BulkPreview> PreviewAsync(BulkRequest request, Operator by, CancellationToken cancellationToken) =>
        previews.CountAsync(request, by, cancellationToken);

    // SQLite waits for its file without giving the thread back: on a circuit's own turn nothing would be drawn, and no stop heard, before the end.
    public Task<BulkOutcome> RunAsync(BulkRequest request, Operator by, IProgress<BulkProgress>? progress, CancellationToken stop) =>
        Task.Run(() => GoThroughAsync(request, by, progress, stop), CancellationToken.None);

    private async Task<BulkOutcome> GoThroughAsync(BulkRequest request, Operator by, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        var act = new OperatorAct(by, request.Reason) { Batch = Guid.CreateVersion7().ToString("N"), IsProved = IsSensitive(request.Action) };
        await using var context = await contexts.CreateDbContextAsync(stop);
        var (total, lastId, refused) = await BeginAsync(context, request, act, stop);
        if (refused is not null)
        {
            return new BulkOutcome.Refused(refused);
        }

        Log.Began(logger, act.Batch!, request.Action, by.UserId);
        var tally = new BulkTally(total, progress, time);
        var place = 0L;
        while (!stop.IsCancellationRequested && !tally.LostTheRight)
        {
            // Once a page is asked for it is read: a stop falls between two people.
            var from = place;
            var people = await (await selections.FindAsync(context, request.Selection, CancellationToken.None))
                .Where(user => user.Id > from && user.Id <= lastId)
                .OrderBy(user => user.Id)
                .Take(IdsPerQuery)
                .Select(user => new { user.Id, user.Email })
                .ToListAsync(CancellationToken.None);
            if (people.Count == 0)
            {
                return tally.Finish(act.Batch!, isStopped: false);
            }

            foreach (var person in people)
            {
                if (stop.IsCancellationRequested || tally.LostTheRight)
                {
                    break;
                }

                place = person.Id;
                tally.Add(person.Id, person.Email, await TryOneAsync(person.Id, request, act));
            }
        }

        return tally.Finish(act.Batch!, isStopped: true);
    }

    /// <summary>Asks whether it may begin, and notes that it does.</summary>
    private async Task<(ListTotal Total, long LastId, AdminOutcome? Refused)> BeginAsync(
        PortalDbContext context, BulkRequest request, OperatorAct act, CancellationToken cancellationToken)
    {
        if (OperatorAct.Fault(act.Reason, isRequired: request.Action is BulkAction.Block) is { } fault)
        {
            return (default, 0, new AdminOutcome.Refused([fault]));
        }

        if (request.Selection is UserSelection.Some { Ids.Count: > BulkSelections.MaxIds })
        {
            return (default, 0, new AdminOutcome.Refused([new FieldError("Selection", "Select at most 10,000 people, or everybody whom a filter matches.")]));
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, act.By, IsSensitive(request.Action), cancellationToken) is { } refused)
        {
            return (default, 0, refused);
        }

        if (request.Action is BulkAction.GiveRole or BulkAction.TakeRole
            && await memberships.FindRoleAsync(context, request.Role ?? "", cancellationToken) is not { IsManaged: true } and var role)
        {
            return (default, 0, role is null ? Memberships.NoRole(request.Role ?? "") : new AdminOutcome.Refused([Memberships.ProvidedElsewhere]));
        }

        var total = await selections.CountAsync(context, request.Selection, cancellationToken);
        var filter = (request.Selection as UserSelection.Matching)?.Filter;
        var lastId = await context.Users.MaxAsync(user => (long?)user.Id, cancellationToken) ?? 0;
        await audit.AddAsync(context, act.Entry(
            AuditKind.BatchStarted,
            subjectId: null,
            ("action", request.Action.ToString()),
            ("role", request.Role),
            ("people", total.Count),
            // Nobody's event outlives everybody: that a text was searched for is told, and not which, for it may be a person's address.
            ("by_text", !string.IsNullOrWhiteSpace(filter?.Text)),
            ("filter", filter is null ? null : filter with { Text = null })), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        context.ChangeTracker.Clear();
        return (total, lastId, null);
    }

    private static bool IsSensitive(BulkAction action) => action is not BulkAction.SendReset;

    /// <summary>Null when something broke: then it is noted, and the others go on.</summary>
    private async Task<AdminOutcome?> TryOneAsync(long userId, BulkRequest request, OperatorAct act)
    {
        var user = userId.ToString(CultureInfo.InvariantCulture);
        try
        {
            return await (request.Action switch
            {
                BulkAction.Activate => moderation.MoveAsync(user, UserMove.Activate, act, CancellationToken.None),
                BulkAction.Deactivate => moderation.MoveAsync(user, UserMove.Deactivate, act, CancellationToken.None),
                BulkAction.Block => moderation.MoveAsync(user, UserMove.Block, act, CancellationToken.None),
                BulkAction.Verify => moderation.MoveAsync(user, UserMove.Verify, act, CancellationToken.None),
                BulkAction.Confirm => moderation.MoveAsync(user, UserMove.ConfirmEmail, act, CancellationToken.None),
                BulkAction.SendReset => moderation.SendLinkAsync(user, act, CancellationToken.None),
                BulkAction.GiveRole => roles.GiveAsync(user, request.Role!, act, CancellationToken.None),
                BulkAction.TakeRole => roles.TakeAsync(user, request.Role!, act, CancellationToken.None),
                _ => throw new ArgumentOutOfRangeException(nameof(request), request.Action, "There is no such action."),
            });
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, act.Batch!, userId, exception);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Batch {Batch} began: {Action}, by user {ByUserId}; null is the command line.")]
        public static partial void Began(ILogger logger, string batch, BulkAction action, long? byUserId);

        [LoggerMessage(2, LogLevel.Error, "Batch {Batch} could not change user {UserId}; it goes on with the others.")]
        public static partial void Failed(ILogger logger, string batch, long userId, Exception exception);
    }
}
