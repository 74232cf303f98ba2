using System.Security.Cryptography;
using System.Text;

namespace Portal.Accounts.Audit;

/// <summary>
/// Binds personal text into the chain without keeping it there: SHA-256 over a salt of 128 random bits and the text. With
/// text and salt taken out, the digest tells nothing; addresses alone could otherwise be tried one by one.
/// </summary>
internal static class AuditDigest
{
    private const int SaltBytes = 16;

    public static (byte[] Salt, byte[] Digest) Of(string text)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return (salt, With(salt, text));
    }

    public static byte[] With(byte[] salt, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return hash.GetHashAndReset();
    }
}
