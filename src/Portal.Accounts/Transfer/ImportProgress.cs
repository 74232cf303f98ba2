namespace Portal.Accounts.Transfer;

/// <summary>How far an import is.</summary>
/// <param name="Lines">How many lines are done; those of the last two seconds may not be committed yet.</param>
/// <param name="Fraction">How much of the file is read, 0 to 1, which is a little more; null when its length is unknown.</param>
public sealed record ImportProgress(long Lines, double? Fraction)
{
    /// <summary>Nobody more comes, and what lists are read by is being made, which takes a quarter of a minute for a million.</summary>
    public bool IsIndexing { get; init; }
}
