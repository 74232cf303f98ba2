using Portal.Accounts.Audit;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration.Board;

internal sealed class BoardService(LiveCircuits circuits, EventCounts counts, TimeProvider time) : IBoardService
{
    private const int Hours = 24;
    private const int Days = 30;
    private const int Most = 10;

    public OnlineInfo Online()
    {
        var tabs = circuits.Connected();
        var sessions = tabs.Select(tab => tab.Life!).DistinctBy(life => life.Id).ToList();
        return new OnlineInfo(
            sessions.Select(session => session.UserId).Distinct().Count(),
            sessions.Count,
            tabs.Count,
            MostOf(tabs.Select(tab => tab.Page).Where(page => page.Length > 0)),
            MostOf(sessions.Select(session => session.Country ?? "")));
    }

    public async Task<IReadOnlyList<BoardPoint>> HistoryAsync(BoardSpan span, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var length = span is BoardSpan.Day ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);
        var running = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % length.Ticks), TimeSpan.Zero);
        List<BoardPoint> points = [];
        for (var back = (span is BoardSpan.Day ? Hours : Days) - 1; back >= 0; back--)
        {
            var from = running - (back * length);
            points.Add(new BoardPoint(
                from,
                await counts.OfAsync(AuditKind.SignedIn, from, length, cancellationToken),
                await counts.OfAsync(AuditKind.SignInFailed, from, length, cancellationToken)
                    + await counts.OfAsync(AuditKind.SignInThrottled, from, length, cancellationToken),
                await counts.OfAsync(AuditKind.Registered, from, length, cancellationToken)));
        }

        return points;
    }

    private static List<KeyValuePair<string, int>> MostOf(IEnumerable<string> values) =>
        [.. values.CountBy(value => value).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Most)];
}
