namespace Portal.Mails;

/// <summary>A mail in words, without form: the HTML and the text are two ways to write it down.</summary>
/// <param name="Subject">The line in the list of mails.</param>
/// <param name="Heading">The subject once more, short.</param>
/// <param name="Opening">What happened, before the action. At least one paragraph.</param>
/// <param name="Action">The one thing to do; null where the reader can do nothing here.</param>
/// <param name="Closing">What else to know, after the action.</param>
/// <param name="Why">Why this person gets the mail.</param>
/// <param name="NotYou">What to do if it was somebody else, or a mistake.</param>
public sealed record Letter(
    string Subject,
    string Heading,
    IReadOnlyList<string> Opening,
    LetterLink? Action,
    IReadOnlyList<string> Closing,
    string Why,
    string NotYou)
{
    /// <summary>When, with what and from where it happened; shown after the opening.</summary>
    public IReadOnlyList<LetterFact> Facts { get; init; } = [];

    /// <summary>What follows from it, between the facts and the action; null for nothing.</summary>
    public string? Next { get; init; }

    /// <summary>Another way on, as a plain link below; null when there is none.</summary>
    public LetterLink? Second { get; init; }

    /// <summary>The first line.</summary>
    public string Greeting { get; init; } = "";

    /// <summary>Stands before the action's address, written out for who cannot press the button.</summary>
    public string CopyHint { get; init; } = "";

    /// <summary>What stands between a name and what it names; some languages want a space before it.</summary>
    public string Colon { get; init; } = ":";

    /// <summary>The language all this is in, a BCP 47 tag.</summary>
    public string Language { get; init; } = "";
}
