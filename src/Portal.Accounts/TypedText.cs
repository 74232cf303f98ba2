namespace Portal.Accounts;

/// <summary>What people typed as a name or an address, in the one form it is compared and stored in: trimmed, Unicode form C.</summary>
internal static class TypedText
{
    private const char NonCharacter = '\uFFFE';

    /// <summary>The text in form C; null when it is no text at all, with half a surrogate pair or a code point that is none.</summary>
    public static string? Normalize(string? text)
    {
        try
        {
            return text is null || text.Contains(NonCharacter) ? null : text.Trim().Normalize();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
