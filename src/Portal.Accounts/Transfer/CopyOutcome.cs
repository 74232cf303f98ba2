namespace Portal.Accounts.Transfer;

/// <summary>What became of a copy of the database.</summary>
public abstract record CopyOutcome
{
    private CopyOutcome()
    {
    }

    /// <summary>Every row is there, counted in both.</summary>
    /// <param name="Tables">How many rows each table has.</param>
    public sealed record Done(IReadOnlyDictionary<string, long> Tables) : CopyOutcome;

    /// <summary>The other database holds something; nothing was copied.</summary>
    /// <param name="What">What, in a few words.</param>
    public sealed record NotEmpty(string What) : CopyOutcome;

    /// <summary>A table has other rows than it was read from, because somebody wrote meanwhile. The copy is not to be used.</summary>
    /// <param name="Table">Which.</param>
    /// <param name="Here">Rows of the portal's own database.</param>
    /// <param name="There">Rows of the copy.</param>
    public sealed record Differs(string Table, long Here, long There) : CopyOutcome;
}
