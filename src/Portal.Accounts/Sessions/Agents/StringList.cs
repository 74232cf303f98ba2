namespace Portal.Accounts.Sessions.Agents;

/// <summary>
/// A list of strings with parameters as RFC 9651 writes it (<c>"Chromium";v="140", "Brave";v="140"</c>), read strictly:
/// one mistake and nothing of it counts. Of the parameters only <c>v</c> is kept.
/// </summary>
internal static class StringList
{
    private const int MaxMembers = 16;

    /// <summary>The members in order; none for null, for a list that is malformed, too long or of something else than strings.</summary>
    public static IReadOnlyList<(string Text, string? Version)> Parse(string? header)
    {
        if (string.IsNullOrEmpty(header) || header.Length > AgentText.MaxLength)
        {
            return [];
        }

        var members = new List<(string, string?)>();
        var reader = new Reader(header);
        do
        {
            if (members.Count == MaxMembers || !reader.TryReadString(out var text) || !reader.TryReadParameters(out var version))
            {
                return [];
            }

            members.Add((text, version));
        }
        while (reader.TryReadComma());

        return reader.IsAtEnd ? members : [];
    }

    private ref struct Reader(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text.Trim(' ');

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public bool TryReadString(out string value)
        {
            value = "";
            if (!TryTake('"'))
            {
                return false;
            }

            Span<char> read = stackalloc char[_rest.Length];
            var length = 0;
            for (var at = 0; at < _rest.Length; at++)
            {
                if (_rest[at] == '"')
                {
                    value = read[..length].ToString();
                    _rest = _rest[(at + 1)..];
                    return true;
                }

                if (_rest[at] == '\\' && (++at == _rest.Length || _rest[at] is not ('"' or '\\')))
                {
                    return false;
                }

                if (_rest[at] is < ' ' or > '~')
                {
                    return false;
                }

                read[length++] = _rest[at];
            }

            return false;
        }

        public bool TryReadParameters(out string? version)
        {
            version = null;
            while (TryTake(';'))
            {
                _rest = _rest.TrimStart(' ');
                var key = TakeWord();
                var value = "";
                if (key.IsEmpty || (TryTake('=') && !TryReadValue(out value)))
                {
                    return false;
                }

                version = key is "v" ? value : version;
            }

            return true;
        }

        public bool TryReadComma()
        {
            _rest = _rest.TrimStart(" \t");
            var comma = TryTake(',');
            _rest = _rest.TrimStart(" \t");
            return comma;
        }

        private bool TryReadValue(out string value)
        {
            if (_rest.StartsWith('"'))
            {
                return TryReadString(out value);
            }

            value = TakeWord().ToString();
            return value.Length > 0;
        }

        private bool TryTake(char wanted)
        {
            var there = _rest.StartsWith(wanted);
            _rest = there ? _rest[1..] : _rest;
            return there;
        }

        // A key or a value that is no string. Their grammars differ a little, which nothing here depends on.
        private ReadOnlySpan<char> TakeWord()
        {
            var length = 0;
            while (length < _rest.Length && (char.IsAsciiLetterOrDigit(_rest[length]) || _rest[length] is '_' or '-' or '.' or '*' or '?'))
            {
                length++;
            }

            var word = _rest[..length];
            _rest = _rest[length..];
            return word;
        }
    }
}
