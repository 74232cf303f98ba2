namespace Portal.Accounts;

/// <summary>How many rows a list has. Counting stops at <see cref="Most"/>: nobody needs to know it better, and no page is to get slower as the table grows.</summary>
/// <param name="Count">How many; at most <see cref="Most"/> unless known without counting.</param>
/// <param name="IsExact">False when there are more.</param>
public readonly record struct ListTotal(long Count, bool IsExact = true)
{
    /// <summary>How far counting goes.</summary>
    public const int Most = 10_000;

    /// <summary>More than are counted.</summary>
    public static ListTotal Many => new(Most, IsExact: false);

    /// <summary>Whether they are all counted, and few enough to be looked at one by one.</summary>
    public bool IsFew => IsExact && Count <= Most;

    /// <summary>From a count that was allowed to reach one more than <see cref="Most"/>.</summary>
    public static ListTotal Counted(long upToOneMore) => upToOneMore > Most ? Many : new(upToOneMore);
}
