using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Accounts.Sessions;

/// <summary>The secret in the cookie: 256 random bits (OWASP ASVS 7.2.3). The server keeps only its SHA-256.</summary>
internal static class SessionKey
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>What <see cref="SessionClaims.KeyType"/> says of a key, by its hash.</summary>
    public static string DigestOf(byte[] hash) => Base64Url.EncodeToString(SHA256.HashData(hash).AsSpan(0, 16));
}
