namespace Portal.Accounts.Transfer;

/// <summary>A line of a file that was not taken in.</summary>
/// <param name="Line">Its number, from 1. Of a record of several lines, its first.</param>
/// <param name="Reason">Whole sentences: what is wrong with it.</param>
public sealed record RefusedLine(long Line, string Reason);
