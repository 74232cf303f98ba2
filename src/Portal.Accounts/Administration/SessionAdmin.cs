using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

internal sealed partial class SessionAdmin(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    ChosenSessions chosen,
    SessionInfos infos,
    SessionEnder ender,
    SessionSweeper sweeper,
    TimeProvider time,
    ILogger<SessionAdmin> logger) : ISessionAdmin
{
    private const int EndsPerTransaction = 1000;
    private const int MaxKinds = 100;

    /// <summary>Every code that a country can have: no list of them is out of date one day.</summary>
    private static readonly IReadOnlyCollection<string> CountryCodes =
        [.. Enumerable.Range('A', 26).SelectMany(first => Enumerable.Range('A', 26).Select(second => $"{(char)first}{(char)second}"))];

    private static readonly FieldError OwnStays = new("Session", "Your own session stays. Sign out on your own page.");

    // The id twice: it is by age, and nothing else is sorted by.
    /// <summary>Let pass after each transaction of many.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private static readonly Keyset<ListedSession, string, string> NewestFirst = new(row => row.Id, row => row.Id, isDescending: true);

    public async Task<ListPage<LiveSessionInfo>> ListAsync(SessionSearch search, ListWindow window, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await chosen.OfAsync(context, SessionChoice.Matching(search), cancellationToken);
        var page = await NewestFirst.ReadAsync(ListedSession.Of(rows), window, await rows.TotalAsync(cancellationToken), cancellationToken);
        List<long> ids = [.. page.Results.SelectMany(row => new[] { row.UserId, row.ImpersonatorId ?? row.UserId }).Distinct()];
        var people = await context.Users.Where(user => EF.Parameter(ids).Contains(user.Id))
            .Select(user => new { user.Id, user.Email, user.UserName })
            .ToDictionaryAsync(user => user.Id, cancellationToken);
        return page.With(
            [.. page.Results.Select(row => new LiveSessionInfo(
                infos.Of(row),
                people.GetValueOrDefault(row.UserId)?.Email ?? "",
                people.GetValueOrDefault(row.UserId)?.UserName,
                row.ImpersonatorId is { } impersonator ? people.GetValueOrDefault(impersonator)?.Email ?? "" : null))]);
    }

    public Task<SessionInfo?> FindAsync(string sessionId, CancellationToken cancellationToken) => infos.FindAsync(sessionId, cancellationToken);

    public async Task<SessionKinds> KindsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var live = ChosenSessions.Live(context);
        return new SessionKinds(
            // There may be hundreds: one look into the index for each code, in one statement.
            await context.RowsOf(CountryCodes).Where(code => live.Any(session => session.Country == code)).OrderBy(code => code).ToListAsync(cancellationToken),
            await EachAsync(after => live.Where(session => string.Compare(session.Browser, after) > 0).OrderBy(session => session.Browser).Select(session => session.Browser), cancellationToken),
            await EachAsync(after => live.Where(session => string.Compare(session.Os, after) > 0).OrderBy(session => session.Os).Select(session => session.Os), cancellationToken));
    }

    public async Task<SessionsPreview> PreviewAsync(SessionChoice which, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await chosen.OfAsync(context, which, cancellationToken);
        var others = all.Where(session => session.Id != by.SessionId);
        return new SessionsPreview(
            await others.TotalAsync(cancellationToken),
            await others.Take(ListTotal.Most).Select(session => session.UserId).Distinct().CountAsync(cancellationToken),
            await chosen.Online(others).CountAsync(cancellationToken),
            by.SessionId is { } own && await all.AnyAsync(session => session.Id == own, cancellationToken));
    }

    public async Task<AdminOutcome> EndAsync(SessionChoice which, Operator by, Action<long>? progress, CancellationToken stop)
    {
        // Whoever signs in while many end is not meant.
        var later = SessionIds.Earliest(time.GetUtcNow().AddMilliseconds(1));
        var (isProved, total) = (false, 0);
        while (true)
        {
            if (isProved && stop.IsCancellationRequested)
            {
                return Done(total, by) with { IsStopped = true };
            }

            var cancellationToken = isProved ? CancellationToken.None : stop;
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            if (await guard.RefuseAsync(context, by, isSensitive: false, cancellationToken) is { } notAllowed)
            {
                // What was done stays told, even to who may do no more.
                return total > 0 ? Done(total, by) with { IsStopped = true } : notAllowed;
            }

            var all = await chosen.OfAsync(context, which, cancellationToken);
            var others = all.Where(session => session.Id != by.SessionId && string.Compare(session.Id, later) < 0);
            // Once: ending very many may take longer than a proof counts.
            if (!isProved
                && await others.Select(session => session.UserId).Distinct().Take(2).CountAsync(cancellationToken) > 1
                && await guard.RefuseAsync(context, by, isSensitive: true, cancellationToken) is { } unproved)
            {
                return unproved;
            }

            isProved = true;
            var ids = await others.OrderBy(session => session.Id).Select(session => session.Id).Take(EndsPerTransaction).ToListAsync(cancellationToken);
            if (ids.Count == 0)
            {
                return total > 0 ? Done(total, by)
                    : await all.AnyAsync(session => session.Id == by.SessionId, cancellationToken) ? new AdminOutcome.Refused([OwnStays])
                    : await NothingAsync(context, which, cancellationToken);
            }

            var ended = await ender.MarkAsync(
                context, SessionFilter.Some(ids), new SessionEnd(SessionEndReason.Administrator, by.UserId, by.SessionId), cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            total += ender.Announce(ended);
            progress?.Invoke(total);
            if (ids.Count < EndsPerTransaction)
            {
                return Done(total, by);
            }

            // SQLite waits for its file without giving the thread back: between two transactions others write, and the page hears.
            await Task.Delay(Breath, CancellationToken.None);
        }
    }

    public async Task<(int Ended, int Deleted)?> CleanAsync(Operator by, Action<long>? progress, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await guard.RefuseAsync(context, by, isSensitive: false, cancellationToken) is null ? await sweeper.SweepAsync(progress, cancellationToken) : null;
    }

    private static async Task<AdminOutcome> NothingAsync(PortalDbContext context, SessionChoice which, CancellationToken cancellationToken) =>
        which.Ids is { Count: 1 } ids && !await context.Sessions.AnyAsync(session => session.Id == ids.First(), cancellationToken)
            ? new AdminOutcome.NotFound($"There is no session \"{ids.First()}\".")
            : new AdminOutcome.Unchanged();

    /// <summary>The values of a column, each found behind the one before: as many looks into its index as there are values.</summary>
    private static async Task<IReadOnlyList<string>> EachAsync(Func<string, IQueryable<string?>> behind, CancellationToken cancellationToken)
    {
        List<string> found = [];
        while (found.Count < MaxKinds && await behind(found is [.., var last] ? last : "").FirstOrDefaultAsync(cancellationToken) is { } next)
        {
            found.Add(next);
        }

        return found;
    }

    private AdminOutcome.Done Done(int count, Operator by)
    {
        Log.Ended(logger, count, by.UserId);
        return new AdminOutcome.Done(count);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} sessions were ended by user {ByUserId}; null is the command line.")]
        public static partial void Ended(ILogger logger, int count, long? byUserId);
    }
}
