using System.Text;

namespace Portal.Mails;

/// <summary>Writes a letter down as plain text: nothing encoded, lines of at most 72 characters, every link on a line of its own.</summary>
internal static class LetterText
{
    private const int LineLength = 72;

    public static string Write(Letter letter, string site)
    {
        var text = new StringBuilder();
        Paragraph(text, letter.Greeting);
        foreach (var paragraph in letter.Opening)
        {
            Paragraph(text, paragraph);
        }

        foreach (var fact in letter.Facts)
        {
            Wrap(text, $"{fact.Name}{letter.Colon} {fact.Value}");
        }

        text.Append(letter.Facts.Count > 0 ? "\n" : "");
        if (letter.Next is { } next)
        {
            Paragraph(text, next);
        }

        if (letter.Action is { } action)
        {
            Link(text, action.Label + letter.Colon, action.Url);
        }

        foreach (var paragraph in letter.Closing)
        {
            Paragraph(text, paragraph);
        }

        if (letter.Second is { } second)
        {
            Link(text, second.Label, second.Url);
        }

        Paragraph(text, letter.NotYou);
        // What follows two dashes and a blank is a signature; mail programs fold it away (RFC 3676, 4.3).
        text.Append("-- \n");
        Wrap(text, site);
        Wrap(text, letter.Why);
        return text.ToString();
    }

    private static void Link(StringBuilder text, string label, string url)
    {
        Wrap(text, label);
        text.Append(url).Append("\n\n");
    }

    private static void Paragraph(StringBuilder text, string paragraph)
    {
        Wrap(text, paragraph);
        text.Append('\n');
    }

    private static void Wrap(StringBuilder text, string paragraph)
    {
        var used = 0;
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (used > 0 && used + 1 + word.Length > LineLength)
            {
                text.Append('\n');
                used = 0;
            }

            text.Append(used > 0 ? " " : "").Append(word);
            used += word.Length + (used > 0 ? 1 : 0);
        }

        text.Append('\n');
    }
}
