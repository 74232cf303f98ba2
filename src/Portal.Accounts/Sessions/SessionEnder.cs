using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>The one path on which every session ends, whoever ends it and for whatever reason.</summary>
/// <remarks>
/// Marking happens in a transaction: the caller's, when the end belongs to a larger change such as a deactivation, else
/// one of its own. After the commit the end is announced: this process hears at once, others read it from the feed that
/// the same transaction wrote. A process killed in between therefore loses nothing. With a session go those in which its
/// person acts as somebody else.
/// </remarks>
internal sealed partial class SessionEnder(
    IDbContextFactory<PortalDbContext> contexts,
    AccountEvents events,
    AuditLog audit,
    RecentAuthentication recent,
    TimeProvider time,
    ILogger<SessionEnder> logger)
{
    internal const int IdsPerEvent = 500;

    private const int MaxSingleEntries = 50;

    /// <summary>Ends what matches. Returns how many did.</summary>
    public Task<int> EndAsync(SessionFilter filter, SessionEnd end, CancellationToken cancellationToken) => EndAsync([(filter, end)], cancellationToken);

    /// <summary>Ends what matches, each for its reason, in one transaction. Returns how many did.</summary>
    public async Task<int> EndAsync(IReadOnlyList<(SessionFilter Filter, SessionEnd End)> ends, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        List<AccountEvent.SessionsEnded> ended = [];
        foreach (var (filter, end) in ends)
        {
            ended.AddRange(await MarkAsync(context, filter, end, cancellationToken));
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return Announce(ended);
    }

    /// <summary>
    /// Ends what matches for a session that asks, provided it is live itself: an ended session ends no others. Others than
    /// itself it ends only when it was proved a short while ago.
    /// </summary>
    public async Task<EndOutcome> EndAsync(SessionAsker asker, SessionFilter filter, SessionEndReason reason, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Takes the user's row for this transaction, so that of two sessions that end each other one stays.
        await context.Users.TakeAsync(asker.UserId, cancellationToken);
        var own = await context.Sessions
            .Where(session => session.Id == asker.SessionId && session.UserId == asker.UserId && session.EndedAt == null)
            .Select(session => new { session.ImpersonatorId })
            .SingleOrDefaultAsync(cancellationToken);
        if (own is null)
        {
            return new EndOutcome.NotFound();
        }

        // An administrator who acts as the person cannot prove to be them, and ends one person's sessions unasked among the
        // administration's pages too.
        if (reason is not SessionEndReason.You && own.ImpersonatorId is null && !await recent.IsRecentAsync(context, asker, cancellationToken))
        {
            return new EndOutcome.NeedsRecentAuthentication();
        }

        if (reason is SessionEndReason.Everywhere)
        {
            // Browsers whose sessions are over already are elsewhere too.
            await context.TrustedBrowsers.Where(browser => browser.UserId == asker.UserId && browser.SessionId != asker.SessionId).ExecuteDeleteAsync(cancellationToken);
        }

        var ended = await MarkAsync(context, filter, new SessionEnd(reason, asker.UserId, asker.SessionId), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new EndOutcome.Ended(Announce(ended));
    }

    /// <summary>
    /// Marks what matches inside the caller's transaction and adds the events to the log and the feed. The caller saves,
    /// commits, and then calls <see cref="Announce"/>.
    /// </summary>
    public async Task<IReadOnlyList<AccountEvent.SessionsEnded>> MarkAsync(
        PortalDbContext context, SessionFilter filter, SessionEnd end, CancellationToken cancellationToken)
    {
        var matching = context.Sessions.Where(session => session.EndReason == null).Where(filter.Matches);
        await context.TakeUsersOfAsync(matching, cancellationToken);
        // Live is told by the reason and not by the moment: SQLite would rather follow the moment's index through every
        // live session there is than look a few up by their ids.
        // Taken as they are read: of two that end a session at once, the second finds it ended and tells nobody.
        var found = await context.SessionsTaken
            .Where(session => session.EndReason == null)
            .Where(filter.Matches)
            .Select(session => new Ending(session.Id, session.UserId, session.ImpersonatorId, session.Ip, session.Country, session.Browser, session.Os))
            .ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            return [];
        }

        var ids = found.Select(session => session.Id).ToList();
        // Once for all of them, however many: they end from one place, and by whom really acts there.
        var origin = await AuditLog.OriginOfAsync(context, end.BySessionId, cancellationToken);
        var (now, reason, by) = (time.GetUtcNow(), end.Reason.ToName(), origin.ImpersonatorId ?? end.ById);
        // One parameter that holds the list, however long it is.
        await context.Sessions
            .Where(session => session.EndReason == null && EF.Parameter(ids).Contains(session.Id))
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(session => session.EndedAt, now)
                    .SetProperty(session => session.EndReason, reason)
                    .SetProperty(session => session.EndedById, by)
                    .SetProperty(session => session.Ticket, (byte[]?)null),
                cancellationToken);

        await context.Users.CountSessionsAsync(found.Select(session => session.UserId), -1, cancellationToken);
        if (!IsNatural(end.Reason))
        {
            // Whoever sends a browser away does not want it let in on the password alone.
            await context.TrustedBrowsers.Where(browser => EF.Parameter(ids).Contains(browser.SessionId)).ExecuteDeleteAsync(cancellationToken);
        }

        List<AccountEvent.SessionsEnded> ended = [.. found
            .GroupBy(session => session.UserId, session => session.Id)
            .SelectMany(user => user.Chunk(IdsPerEvent).Select(chunk => new AccountEvent.SessionsEnded(user.Key, chunk, end.Reason)))];
        events.Record(context, ended);

        foreach (var entry in EntriesFor(found, end, origin))
        {
            await audit.AddAsync(context, entry, cancellationToken);
        }

        ended.AddRange(await MarkAsync(context, SessionFilter.ImpersonationsFrom(ids), end with { Reason = SessionEndReason.Left }, cancellationToken));
        return ended;
    }

    /// <summary>Tells this process of ends that are committed. Returns how many sessions they are.</summary>
    public int Announce(IReadOnlyList<AccountEvent.SessionsEnded> ended)
    {
        foreach (var happened in ended)
        {
            Log.Ended(logger, happened.SessionIds.Count, happened.UserId, happened.Reason);
            events.Publish(happened);
        }

        return ended.Sum(happened => happened.SessionIds.Count);
    }

    /// <summary>Whether a session ends as its person would expect, so that the browser may be trusted on.</summary>
    private static bool IsNatural(SessionEndReason reason) =>
        reason is SessionEndReason.You or SessionEndReason.Idle or SessionEndReason.Expired or SessionEndReason.Replaced or SessionEndReason.Left;

    /// <summary>
    /// One event a session; of very many one for some hundreds, since each is a row to write, to link and to index. A backlog
    /// of expired ones is nobody's doing and told as such: a row for each person of it would write the log's index all over.
    /// </summary>
    private static IEnumerable<AuditEntry> EntriesFor(IReadOnlyList<Ending> sessions, SessionEnd end, AuditOrigin origin)
    {
        var own = sessions.Where(session => session.ImpersonatorId is null).ToList();
        return
        [
            .. sessions.Where(session => session.ImpersonatorId is not null).Select(session => EntryOfImpersonation(session, end, origin)),
            .. end.IsOfBacklog
                ? EntriesFor(userId: null, own, end, origin)
                : own.GroupBy(session => session.UserId).SelectMany(user => EntriesForUser([.. user], end, origin)),
        ];
    }

    private static IEnumerable<AuditEntry> EntriesForUser(IReadOnlyList<Ending> sessions, SessionEnd end, AuditOrigin origin) => sessions.Count <= MaxSingleEntries
        ? sessions.Select(session => EntryFor(session, end, origin))
        : EntriesFor(sessions[0].UserId, sessions, end, origin);

    private static AuditEntry EntryFor(Ending session, SessionEnd end, AuditOrigin origin) => end.Reason is SessionEndReason.You
        ? new AuditEntry(AuditKind.SignedOut, session.UserId)
        {
            ActorId = session.UserId,
            SessionId = session.Id,
            Origin = new AuditOrigin(session.Ip, session.Country, session.Browser, session.Os) { IsOfSession = true },
        }
        : EntryFor(session.UserId, end, origin, "session", new { id = session.Id, browser = session.Browser, os = session.Os, country = session.Country });

    /// <summary>From where the administrator acted is theirs.</summary>
    private static AuditEntry EntryOfImpersonation(Ending session, SessionEnd end, AuditOrigin origin) => new(AuditKind.ImpersonationEnded, session.UserId)
    {
        ActorId = end.ById,
        SessionId = end.BySessionId,
        Origin = origin,
        Details = new Dictionary<string, object?>
        {
            ["reason"] = end.Reason.ToName(),
            ["session"] = new { id = session.Id },
            ["impersonator"] = session.ImpersonatorId,
        },
    };

    private static IEnumerable<AuditEntry> EntriesFor(long? userId, IReadOnlyList<Ending> sessions, SessionEnd end, AuditOrigin origin) =>
        sessions.Chunk(IdsPerEvent).Select(chunk => EntryFor(userId, end, origin, "sessions", chunk.Select(session => session.Id)));

    private static AuditEntry EntryFor(long? userId, SessionEnd end, AuditOrigin origin, string name, object which) => new(AuditKind.SessionEnded, userId)
    {
        ActorId = end.ById,
        SessionId = end.BySessionId,
        Origin = origin,
        Details = new Dictionary<string, object?> { ["reason"] = end.Reason.ToName(), [name] = which },
    };

    private sealed record Ending(string Id, long UserId, long? ImpersonatorId, string? Ip, string? Country, string Browser, string Os);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Ended {Count} sessions of user {UserId}: {Reason}.")]
        public static partial void Ended(ILogger logger, int count, long userId, SessionEndReason reason);
    }
}
