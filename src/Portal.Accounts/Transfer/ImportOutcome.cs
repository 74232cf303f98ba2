namespace Portal.Accounts.Transfer;

/// <summary>What became of a file.</summary>
/// <param name="Imported">How many people are in the database now; in a dry run, how many would be.</param>
/// <param name="AlreadyThere">How many people were there before with the same address, username, creation and id, for example because a former run was stopped. Nothing is added to them.</param>
/// <param name="Refused">How many lines were refused.</param>
public sealed record ImportOutcome(long Imported, long AlreadyThere, long Refused)
{
    /// <summary>How many roles, domains, categories and organisations came with them.</summary>
    public long Decisions { get; init; }

    /// <summary>How many of those were there before.</summary>
    public long DecisionsThere { get; init; }
}
