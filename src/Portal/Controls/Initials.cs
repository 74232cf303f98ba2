using System.Globalization;

namespace Portal.Controls;

/// <summary>The one or two letters that stand for a person.</summary>
internal static class Initials
{
    /// <summary>The first letters of the first and the last word; of an address or a single word its first. Empty where there is no letter.</summary>
    public static string Of(string? name)
    {
        var words = (name ?? "").Split('@')[0]
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(First)
            .Where(letter => letter.Length > 0)
            .ToList();
        return words.Count switch
        {
            0 => "",
            1 => words[0],
            _ => words[0] + words[^1],
        };
    }

    private static string First(string word)
    {
        var start = word.EnumerateRunes().TakeWhile(rune => !System.Text.Rune.IsLetterOrDigit(rune)).Sum(rune => rune.Utf16SequenceLength);
        return start < word.Length ? StringInfo.GetNextTextElement(word, start).ToUpperInvariant() : "";
    }
}
