using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Portal.Accounts.Domains;

/// <summary>An e-mail address of a plausible form (RFC 5321 lengths), with its domain as the rules compare it.</summary>
internal sealed record EmailAddress
{
    private const int MaxLength = 254;
    private const int MaxLocalLength = 64;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string value, string local, string domain) => (Value, Local, Domain) = (value, local, domain);

    /// <summary>As typed, without surrounding white space.</summary>
    public string Value { get; }

    public string Local { get; }

    /// <summary>Lower case ASCII without a trailing dot.</summary>
    public string Domain { get; }

    /// <summary>
    /// Reads an address; anything with a display name, a quote, a control or unseen character, no dotted domain, or one in letters
    /// that stand for others is none: mail to it would go to an address that looks like another.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        var value = TypedText.Normalize(text) ?? "";
        var at = value.LastIndexOf('@');
        if (at is < 1 or > MaxLocalLength
            || value.Length > MaxLength
            || value.IndexOfAny(['<', '>', '"', '(', ')', ',', ';', ':', '\\', '[', ']', ' ']) >= 0
            || value.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || char.IsSurrogate(character) || IsUnseen(character))
            || value.IndexOf('@') != at
            || !MailAddress.TryCreate(value, out var parsed)
            || parsed.Address != value
            || DomainOf(value[(at + 1)..]) is not { } domain
            || !IsSpeltPlainly(value[(at + 1)..], domain))
        {
            return false;
        }

        address = new EmailAddress(value, value[..at], domain);
        return true;
    }

    /// <summary>A domain's name as it is stored and compared: lower case ASCII, no trailing dot. Null when it is none.</summary>
    public static string? DomainOf(string text)
    {
        try
        {
            var ascii = Idn.GetAscii(text.Trim().TrimEnd('.')).ToLowerInvariant();
            return ascii.Contains('.', StringComparison.Ordinal) && ascii.Length <= 253 ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>In ASCII, or in the letters that its encoded form stands for (RFC 5890), which a full-width one is not.</summary>
    private static bool IsSpeltPlainly(string text, string domain) =>
        text[^1] != '.' && (Ascii.IsValid(text) || string.Equals(text, Idn.GetUnicode(domain), StringComparison.OrdinalIgnoreCase));

    /// <summary>Two addresses that differ by such a character alone look the same, and an unassigned one is no character yet.</summary>
    private static bool IsUnseen(char character) => char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;
}
