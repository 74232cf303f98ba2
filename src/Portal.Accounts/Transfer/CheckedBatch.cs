namespace Portal.Accounts.Transfer;

/// <summary>Lines that are written in one turn: their people together or not at all.</summary>
/// <param name="Lines">Which; at least one.</param>
/// <param name="Length">How much of the file they are, as <see cref="FileLine.Length"/> has it.</param>
/// <param name="Fraction">How much of the file was read with them, 0 to 1; null when its length is unknown.</param>
internal sealed record CheckedBatch(CheckedLine[] Lines, long Length, double? Fraction);
