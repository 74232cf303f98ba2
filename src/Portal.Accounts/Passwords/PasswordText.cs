using System.Text;

namespace Portal.Accounts.Passwords;

/// <summary>
/// The one thing done to what was typed: Unicode normalisation form C, because keyboards differ in how they compose
/// the same letter (NIST SP 800-63B-4, 3.1.1.2). Nothing is trimmed, folded or cut.
/// </summary>
internal static class PasswordText
{
    /// <summary>
    /// False for what no keyboard types: half of a surrogate pair, and NUL. HMAC fills short keys up with zeros, so
    /// "x" and "x" with a NUL after it would be the same password.
    /// </summary>
    public static bool TryNormalize(string typed, out string normalized)
    {
        normalized = "";
        // U+FFFE is no character, and normalising refuses it.
        if (typed.Contains('\0') || typed.Contains('\uFFFE'))
        {
            return false;
        }

        // Asked first instead of catching: an attacker should not get exceptions thrown in bulk.
        for (var i = 0; i < typed.Length; i++)
        {
            if (char.IsSurrogate(typed[i]))
            {
                if (!(i + 1 < typed.Length && char.IsSurrogatePair(typed[i], typed[i + 1])))
                {
                    return false;
                }

                i++;
            }
        }

        normalized = typed.Normalize(NormalizationForm.FormC);
        return true;
    }

    /// <summary>The length as people count it: an emoji outside the basic plane is one character, not two.</summary>
    public static int CountCharacters(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
