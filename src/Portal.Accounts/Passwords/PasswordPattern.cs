namespace Portal.Accounts.Passwords;

/// <summary>Sees the habits with which people fill up a demanded length. Looks at the whole text only.</summary>
internal static class PasswordPattern
{
    /// <summary>Down one column of a keyboard and over to the next: longer habits are rare.</summary>
    private const int MaxStepsInHabit = 4;

    // The US layout without and with the shift key; one row a line, keys of one finger below each other.
    private static readonly string[] Rows =
    [
        "`1234567890-=", "~!@#$%^&*()_+",
        " qwertyuiop[]", " QWERTYUIOP{}",
        " asdfghjkl;'", " ASDFGHJKL:\"",
        " zxcvbnm,./", " ZXCVBNM<>?",
    ];

    private static readonly Dictionary<char, (int Row, int Column)> Keys = Rows
        .SelectMany((keys, line) => keys.Select((key, column) => (key, place: (line / 2, column))))
        .Where(entry => entry.key != ' ')
        .ToDictionary(entry => entry.key, entry => entry.place);

    /// <summary>All keys from the first to the last, as one reads.</summary>
    private static readonly Dictionary<(int Row, int Column), int> ReadingOrder = Keys.Values
        .Distinct()
        .Order()
        .Select((place, order) => (place, order))
        .ToDictionary(entry => entry.place, entry => entry.order);

    /// <summary>The length of the shortest piece that makes the text when written again and again, at least twice, the last time perhaps in part; the text's own length when there is none.</summary>
    public static int RepeatedUnit(string text) => RepeatedUnit<char>(text);

    /// <summary>The same few moves over the keyboard again and again: "1q2w3e4r…", "1qaz2wsx…", "qwertyui…".</summary>
    public static bool FollowsKeys(string text)
    {
        var places = new (int Row, int Column)[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (!Keys.TryGetValue(text[i], out places[i]))
            {
                return false;
            }
        }

        return IsHabit(places.Zip(places.Skip(1), (from, to) => (to.Row - from.Row, to.Column - from.Column)).ToArray())
            || IsHabit(places.Zip(places.Skip(1), (from, to) => ReadingOrder[to] - ReadingOrder[from]).ToArray());
    }

    /// <summary>The same few steps through the alphabet or the numbers again and again: "aceg…", "aabbcc…", "a1b2c3…".</summary>
    public static bool FollowsOrder(string text) =>
        IsHabit(text.Zip(text.Skip(1), (from, to) => to - from).ToArray())
        || IsHabit(text.Zip(text.Skip(2), (from, to) => to - from).ToArray());

    private static bool IsHabit<T>(T[] steps)
    {
        var unit = RepeatedUnit<T>(steps);
        return unit < steps.Length && unit <= MaxStepsInHabit;
    }

    private static int RepeatedUnit<T>(ReadOnlySpan<T> items)
    {
        for (var unit = 1; unit <= items.Length / 2; unit++)
        {
            if (items[unit..].SequenceEqual(items[..^unit]))
            {
                return unit;
            }
        }

        return items.Length;
    }
}
