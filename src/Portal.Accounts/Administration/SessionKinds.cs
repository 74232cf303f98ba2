namespace Portal.Accounts.Administration;

/// <summary>What there is to tell live sessions apart by: every country, and at most 100 browsers and systems each, the first by name.</summary>
/// <param name="Countries">ISO 3166-1 alpha-2.</param>
/// <param name="Browsers">Names, in words the browsers sent.</param>
/// <param name="Systems">Names, likewise.</param>
public sealed record SessionKinds(IReadOnlyList<string> Countries, IReadOnlyList<string> Browsers, IReadOnlyList<string> Systems);
