namespace Portal.Accounts.Administration.Board;

/// <summary>The figures of the board. Who may see them is the caller's to decide; they name nobody.</summary>
public interface IBoardService
{
    /// <summary>Who is online now, from memory: costs no query.</summary>
    OnlineInfo Online();

    /// <summary>
    /// What happened over time, the oldest first. Hours and days that are over are counted once and remembered, so that
    /// asking again counts the running one alone.
    /// </summary>
    Task<IReadOnlyList<BoardPoint>> HistoryAsync(BoardSpan span, CancellationToken cancellationToken = default);
}
