namespace Portal.Accounts;

/// <summary>A field that somebody changed meanwhile to something else than is wanted now.</summary>
/// <param name="Field">Its name, as the edit has it.</param>
/// <param name="Theirs">What it holds now; null where it is empty.</param>
/// <param name="Yours">What was to be saved, in the form it would have been stored in; null to empty it.</param>
public sealed record FieldConflict(string Field, string? Theirs, string? Yours);
