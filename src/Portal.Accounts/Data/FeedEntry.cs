namespace Portal.Accounts.Data;

/// <summary>Events for the other processes on this database, written in the transaction of the change they tell of.</summary>
internal sealed class FeedEntry
{
    public long Id { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The process that wrote it, so that it does not hear itself.</summary>
    public required string Source { get; init; }

    /// <summary>The events as a JSON array: ids and what happened.</summary>
    public required string Content { get; init; }
}
