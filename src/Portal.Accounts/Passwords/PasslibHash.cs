using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Accounts.Passwords;

/// <summary>
/// What Invenio keeps of a password: <c>$pbkdf2-sha512$rounds$salt$key</c> in the letters of Python's passlib, made not of
/// the password but of its HMAC under a key that the whole site shares, its pepper.
/// </summary>
internal sealed record PasslibHash
{
    public const string Prefix = "$pbkdf2-sha512$";

    private const int KeyBytes = 64;
    private const int MaxSaltBytes = 1024;

    private PasslibHash(int rounds, byte[] salt, byte[] key) => (Rounds, Salt, Key) = (rounds, salt, key);

    public int Rounds { get; }

    private byte[] Salt { get; }

    private byte[] Key { get; }

    /// <summary>Null for anything else, and for more rounds than <see cref="PasswordHashing.MaxIterations"/>.</summary>
    public static PasslibHash? Read(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = text[Prefix.Length..].Split('$');
        return parts.Length == 3
            && !parts[0].StartsWith('0')
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            && rounds <= PasswordHashing.MaxIterations
            && BytesOf(parts[1]) is { Length: >= 1 and <= MaxSaltBytes } salt
            && BytesOf(parts[2]) is { Length: KeyBytes } key
                ? new PasslibHash(rounds, salt, key)
                : null;
    }

    /// <summary>Takes the time of its rounds.</summary>
    public bool Fits(string password, string pepper) => CryptographicOperations.FixedTimeEquals(
        Rfc2898DeriveBytes.Pbkdf2(Peppered(password, pepper), Salt, Rounds, HashAlgorithmName.SHA512, KeyBytes), Key);

    /// <summary>What is hashed in the password's place.</summary>
    internal static string Peppered(string password, string pepper) =>
        Convert.ToBase64String(HMACSHA512.HashData(Encoding.UTF8.GetBytes(pepper), Encoding.UTF8.GetBytes(password)));

    /// <summary>Base64 without padding and with a dot for the plus.</summary>
    private static byte[]? BytesOf(string text)
    {
        var padded = text.Replace('.', '+').PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return !text.Contains('+') && !text.Contains('=') && Convert.TryFromBase64String(padded, bytes, out var written) ? bytes[..written] : null;
    }
}
