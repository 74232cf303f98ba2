namespace Portal.Accounts.Users;

/// <summary>A field that every profile has.</summary>
/// <param name="Name">How REST, the command line and the database call it: <c>full_name</c>.</param>
/// <param name="Label">What the page calls it.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="MaxLength">The most characters it takes, in UTF-16 units as browsers count them.</param>
/// <param name="IsRequired">Whether a person may leave it empty.</param>
/// <param name="Hint">A sentence below the field; null for none.</param>
/// <param name="Autocomplete">What browsers may fill in, by the tokens of HTML; null for nothing.</param>
/// <param name="Choices">What there is to choose from; empty unless <paramref name="Kind"/> is <see cref="ProfileFieldKind.Choice"/>.</param>
public sealed record ProfileField(
    string Name, string Label, ProfileFieldKind Kind, int MaxLength, bool IsRequired, string? Hint, string? Autocomplete, IReadOnlyList<string> Choices);
