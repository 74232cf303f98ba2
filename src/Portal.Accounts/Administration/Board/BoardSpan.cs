namespace Portal.Accounts.Administration.Board;

/// <summary>How far the board looks back.</summary>
public enum BoardSpan
{
    /// <summary>The last 24 hours, by the hour, the running one included.</summary>
    Day,

    /// <summary>The last 30 days in UTC, by the day, today included.</summary>
    Month,
}
