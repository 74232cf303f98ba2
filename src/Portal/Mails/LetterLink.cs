namespace Portal.Mails;

/// <summary>A link with its words.</summary>
/// <param name="Label">What following it does.</param>
/// <param name="Url">Where it leads, absolute.</param>
public sealed record LetterLink(string Label, string Url);
