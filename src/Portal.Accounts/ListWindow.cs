namespace Portal.Accounts;

/// <summary>Which part of a long list: the page behind or before a place, or the last one. Without a place the first.</summary>
public sealed record ListWindow
{
    /// <summary>The largest page there is.</summary>
    public const int MaxSize = 200;

    /// <summary>How many rows where nothing else is asked for.</summary>
    public const int UsualSize = 25;

    /// <summary>How many rows. 1 to <see cref="MaxSize"/>, 25 by default; what lies outside is brought inside.</summary>
    public int Size
    {
        get;
        init => field = Math.Clamp(value, 1, MaxSize);
    }
    = UsualSize;

    /// <summary>The <see cref="ListPage{T}.Next"/> of the page before; null for the beginning. What is no such text counts as null.</summary>
    public string? After { get; init; }

    /// <summary>The <see cref="ListPage{T}.Previous"/> of the page behind; null unless going back. Counts only without <see cref="After"/>.</summary>
    public string? Before { get; init; }

    /// <summary>
    /// How many rows to pass over, for callers that count pages. 0 to <see cref="ListTotal.Most"/>: each is read, so
    /// whoever goes further goes by places. Counts only without one.
    /// </summary>
    public int Skip
    {
        get;
        init => field = Math.Clamp(value, 0, ListTotal.Most);
    }

    /// <summary>The end of the list instead of its beginning.</summary>
    public bool IsLast { get; init; }

    /// <summary>The list's order turned round. Places belong to the order they were found in.</summary>
    public bool IsReversed { get; init; }
}
