using System.Globalization;
using System.Reflection;
using System.Text;

namespace Portal.Tests.Accounts.Passwords;

/// <summary>
/// What people type when 15 characters are demanded of them: the habits seen in leaked lists (say it twice, add a
/// number, walk over the keyboard, hold a key down), applied to the commonest passwords and words of zxcvbn's lists.
/// The same every time.
/// </summary>
internal static class CommonPasswords
{
    private const int Least = 15;

    private static readonly string[] Rows = ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"];

    public static IReadOnlyList<string> Fitting { get; } =
    [
        .. ListedOnes().Concat(Doubled()).Concat(Pairs()).Concat(WithNumbers()).Concat(Phrases()).Concat(HeldKeys())
            .Concat(Walks()).Concat(Orders()).Concat(Dates())
            .Where(password => password.Length >= Least)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The list that the library was made with: what people really chose, as breaches showed it, from the least length that is ever accepted.</summary>
    public static IReadOnlyList<string> Breached { get; } = [.. Words("passwords", int.MaxValue).Where(password => password.Length >= 8)];

    /// <summary>Long enough as they stand.</summary>
    private static IEnumerable<string> ListedOnes() =>
        Words("passwords", 30_000).Concat(Words("english", 20_000)).Concat(Words("us_tv_and_film", 20_000));

    private static IEnumerable<string> Doubled()
    {
        foreach (var word in Words("passwords", 700).Where(word => word.Length >= 4))
        {
            var times = Math.Max(2, (Least + word.Length - 1) / word.Length);
            yield return string.Concat(Enumerable.Repeat(word, times));
            yield return string.Join(' ', Enumerable.Repeat(word, times));
        }
    }

    private static IEnumerable<string> Pairs()
    {
        var words = Words("passwords", 75).Where(word => word.Length >= 7).ToArray();
        return words.SelectMany(first => words.Select(second => first + second));
    }

    private static IEnumerable<string> WithNumbers()
    {
        string[] ends = ["123456789", "1234567890", "12345678910", "111111111", "2024", "2025!", "123!", "1!"];
        foreach (var word in Words("passwords", 100).Concat(Words("male_names", 25)).Concat(Words("female_names", 25)))
        {
            var capital = char.ToUpperInvariant(word[0]) + word[1..];
            foreach (var end in ends)
            {
                yield return word + end;
                yield return capital + end;
            }
        }
    }

    private static IEnumerable<string> Phrases()
    {
        string[] starts = ["iloveyou", "i love you ", "ihateyou", "iwantyou", "mynameis", "thisismy", "password is "];
        string[] ends = ["forever", "somuch", " so much", "baby", "always", "password", "michael", "jessica", "2024", "123"];
        return starts.SelectMany(start => ends.SelectMany(end => new[] { start + end, start + end + "1", start + end + "!" }));
    }

    private static IEnumerable<string> HeldKeys() =>
        from key in Enumerable.Range(' ', 95)
        from length in new[] { 15, 16 }
        select new string((char)key, length);

    /// <summary>Along the rows from every key, forwards, backwards and shifted; down the columns; to and fro between two rows.</summary>
    private static IEnumerable<string> Walks()
    {
        var along = string.Concat(Rows);
        var down = new StringBuilder();
        for (var column = 0; column < 10; column++)
        {
            down.Append(Rows[0][column + 1]).Append(Rows[1][column]).Append(Rows[2][column]).Append(Rows[3][column]);
        }

        List<string> paths = [along, down.ToString()];
        for (var row = 1; row < Rows.Length; row++)
        {
            var above = row == 1 ? Rows[0][1..] : Rows[row - 1];
            paths.Add(string.Concat(Rows[row].Zip(above, (lower, upper) => $"{upper}{lower}")));
            paths.Add(string.Concat(Rows[row].Zip(above, (lower, upper) => $"{lower}{upper}")));
        }

        return paths
            .SelectMany(path => new[] { path, Backwards(path) })
            .SelectMany(path => Windows(path, 15))
            .SelectMany(walk => new[] { walk, walk.ToUpperInvariant() });
    }

    private static IEnumerable<string> Orders()
    {
        const string Alphabet = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
        const string Digits = "0123456789012345678901234567890123456789";
        return new[] { Alphabet, Alphabet.ToUpperInvariant(), Digits }
            .SelectMany(order => new[] { order, Backwards(order) })
            .SelectMany(order => Windows(order, 15).Concat(Windows(order, 18)));
    }

    private static IEnumerable<string> Dates() =>
        from year in Enumerable.Range(1960, 50)
        from month in new[] { "january", "may", "december" }
        let number = year.ToString(CultureInfo.InvariantCulture)
        from shape in new[] { $"{month}{number}{month}{number}", $"{number}{number}{number}{number}", $"01/01/{number}01/01/{number}" }
        select shape;

    private static IEnumerable<string> Windows(string path, int length) =>
        Enumerable.Range(0, Math.Max(0, path.Length - length + 1)).Select(start => path.Substring(start, length));

    private static string Backwards(string text) => string.Concat(text.Reverse());

    private static List<string> Words(string list, int count)
    {
        var library = Assembly.Load("zxcvbn-core");
        using var reader = new StreamReader(library.GetManifestResourceStream($"zxcvbn-core.Dictionaries.{list}.lst")!);
        List<string> words = [];
        while (words.Count < count && reader.ReadLine() is { } line)
        {
            if (line.Trim() is { Length: > 0 } word)
            {
                words.Add(word);
            }
        }

        return words;
    }
}
