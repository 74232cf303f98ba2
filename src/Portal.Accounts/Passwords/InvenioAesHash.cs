using System.Security.Cryptography;
using System.Text;

namespace Portal.Accounts.Passwords;

/// <summary>
/// What Invenio 1 kept of a password: <c>$invenio-aes$address$checksum</c>, where the address is the account's of the day it
/// was made. So quick to guess that it is not kept here as it is: <see cref="PasswordHashing.Keep"/> hashes the checksum.
/// </summary>
/// <param name="Email">The address that stands for a salt, as it was written.</param>
/// <param name="Checksum">64 lower-case hex digits.</param>
internal sealed record InvenioAesHash(string Email, string Checksum)
{
    public const string Prefix = "$invenio-aes$";

    private const int KeyBytes = 16;
    private const int ChecksumDigits = 64;

    /// <summary>Null for anything else.</summary>
    public static InvenioAesHash? Read(string text)
    {
        // An address may hold the sign that divides.
        var divide = text.LastIndexOf('$');
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && divide >= Prefix.Length
            && text[(divide + 1)..] is { Length: ChecksumDigits } checksum
            && checksum.All(char.IsAsciiHexDigitLower)
                ? new InvenioAesHash(text[Prefix.Length..divide], checksum)
                : null;
    }

    /// <summary>The address encrypted under the password, hashed.</summary>
    public static string ChecksumOf(string email, string password) => Convert.ToHexStringLower(SHA256.HashData(Encrypt(email, password)));

    /// <summary>What MySQL makes of a text under a key.</summary>
    internal static byte[] Encrypt(string text, string password)
    {
        // The password folded onto itself, as MySQL makes keys.
        var key = new byte[KeyBytes];
        var typed = Encoding.UTF8.GetBytes(password);
        for (var i = 0; i < typed.Length; i++)
        {
            key[i % KeyBytes] ^= typed[i];
        }

        using var aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(Encoding.UTF8.GetBytes(text), PaddingMode.PKCS7);
    }
}
