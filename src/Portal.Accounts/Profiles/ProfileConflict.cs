namespace Portal.Accounts.Profiles;

/// <summary>A field that somebody changed meanwhile to something else than is wanted now.</summary>
/// <param name="Field">Its name, as <see cref="PreferenceNames"/> says.</param>
/// <param name="Theirs">What it holds now.</param>
/// <param name="Yours">What was to be saved, in the form it would have been stored in.</param>
public sealed record ProfileConflict(string Field, string? Theirs, string? Yours);
