namespace Portal.Mails;

/// <summary>A mail in words, without form: the HTML and the text are two ways to write it down.</summary>
/// <param name="Subject">The line in the list of mails.</param>
/// <param name="Heading">The subject once more, short.</param>
/// <param name="Greeting">The first line.</param>
/// <param name="Opening">What happened, before the action.</param>
/// <param name="Action">The one thing to do.</param>
/// <param name="Closing">What else to know, after the action.</param>
/// <param name="Second">Another way on, as a plain link below; null when there is none.</param>
/// <param name="Why">Why this person gets the mail.</param>
/// <param name="NotYou">What to do if it was somebody else.</param>
public sealed record Letter(
    string Subject,
    string Heading,
    string Greeting,
    IReadOnlyList<string> Opening,
    LetterLink Action,
    IReadOnlyList<string> Closing,
    LetterLink? Second,
    string Why,
    string NotYou);
