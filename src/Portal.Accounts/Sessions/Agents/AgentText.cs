namespace Portal.Accounts.Sessions.Agents;

/// <summary>
/// A user agent as something to search, never to quote: only its first <see cref="MaxLength"/> characters are looked
/// at, and nothing but digits can be taken out. Every search is one pass, case-insensitive.
/// </summary>
internal readonly ref struct AgentText(string? userAgent)
{
    /// <summary>Real ones stay below 500 characters; in-app browsers that list their capabilities reach 900.</summary>
    public const int MaxLength = 1024;

    private const int MaxVersionLength = 5;

    private readonly ReadOnlySpan<char> _text = userAgent.AsSpan(0, Math.Min(userAgent?.Length ?? 0, MaxLength));
    private readonly bool _cut = userAgent?.Length > MaxLength;

    /// <summary>Whether the marker stands in the text as words of its own: <c>Chrome/</c> is not in <c>HeadlessChrome/1</c>.</summary>
    public bool Has(string marker) => EndOf(marker) >= 0;

    /// <summary>Whether the characters are somewhere in the text, in this very case.</summary>
    public bool Contains(string exact) => _text.Contains(exact, StringComparison.Ordinal);

    /// <summary>Whether some word ends so, other than the one word excepted.</summary>
    public bool HasWordEnding(string ending, string? except = null)
    {
        for (var from = 0; Find(ending, from) is var end and >= 0; from = end)
        {
            if (!IsLetterAt(end) && (except is null || !_text[..end].EndsWith(except, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The digits right behind the marker; null for none, for more than five, and for some that were cut off.</summary>
    public string? VersionAfter(string marker)
    {
        var start = EndOf(marker);
        if (start < 0)
        {
            return null;
        }

        var end = start;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        var cut = _cut && end == _text.Length;
        return end == start || end - start > MaxVersionLength || cut ? null : _text[start..end].ToString();
    }

    private int EndOf(string marker)
    {
        for (var from = 0; Find(marker, from) is var end and >= 0; from = end)
        {
            var start = end - marker.Length;
            var beginsWord = !char.IsAsciiLetter(marker[0]) || start == 0 || !char.IsAsciiLetterOrDigit(_text[start - 1]);
            var endsWord = !char.IsAsciiLetter(marker[^1]) || !IsLetterAt(end);
            if (beginsWord && endsWord)
            {
                return end;
            }
        }

        return -1;
    }

    private int Find(string marker, int from)
    {
        var at = _text[from..].IndexOf(marker, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? -1 : from + at + marker.Length;
    }

    private bool IsLetterAt(int index) => index < _text.Length && char.IsAsciiLetter(_text[index]);
}
