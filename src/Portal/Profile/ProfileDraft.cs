namespace Portal.Profile;

/// <summary>What was typed and not saved when a circuit went away.</summary>
/// <param name="SessionId">Whose: a page that returns under another session must not show it.</param>
/// <param name="Before">What the fields held when they were read.</param>
/// <param name="Values">What was typed into them.</param>
public sealed record ProfileDraft(string SessionId, IReadOnlyDictionary<string, string?> Before, IReadOnlyDictionary<string, string?> Values);
