namespace Portal.Accounts;

/// <summary>A language that people can choose.</summary>
/// <param name="Tag">Its BCP 47 tag, such as <c>de</c>.</param>
/// <param name="Name">What it calls itself, as it stands in a list of choices.</param>
public sealed record SiteLanguage(string Tag, string Name);
