namespace Portal.Mails;

/// <summary>A line of when, with what and from where.</summary>
/// <param name="Name">What it tells, such as "Device".</param>
/// <param name="Value">What there is to tell.</param>
public sealed record LetterFact(string Name, string Value);
