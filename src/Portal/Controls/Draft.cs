namespace Portal.Controls;

/// <summary>What was typed and not saved when a circuit went away.</summary>
/// <param name="SessionId">Whose: a page that returns under another session must not show it.</param>
/// <param name="Subject">Which form's, as <see cref="DraftForm.Subject"/> has it.</param>
/// <param name="Version">The version of what was read; null where the form has none.</param>
/// <param name="Before">What the touched fields held when they were read.</param>
/// <param name="Values">What was typed into them.</param>
public sealed record Draft(
    string SessionId, string Subject, string? Version, IReadOnlyDictionary<string, string?> Before, IReadOnlyDictionary<string, string?> Values)
{
    /// <summary>Whether a form may show it.</summary>
    public bool IsFor(string? sessionId, string subject) => (SessionId, Subject) == (sessionId, subject);
}
