namespace Portal.Accounts.Transfer;

/// <summary>What became of a file.</summary>
/// <param name="Imported">How many lines are in the database now; in a dry run, how many would be.</param>
/// <param name="AlreadyThere">How many were there before just like this, for example because a former run was stopped.</param>
/// <param name="Refused">How many were refused.</param>
public sealed record ImportOutcome(long Imported, long AlreadyThere, long Refused);
