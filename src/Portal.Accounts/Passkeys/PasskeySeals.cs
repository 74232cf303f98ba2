using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Portal.Accounts.Data;

namespace Portal.Accounts.Passkeys;

/// <summary>
/// Whether a passkey's row says what the portal wrote (OWASP ASVS 6.7.1): whose it is and which key. Whoever can write into
/// the database, and not read the data-protection keys beside it, can add or exchange none.
/// </summary>
internal sealed class PasskeySeals(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Portal.Passkeys.Seal");

    public byte[] Of(UserPasskey passkey) => protector.Protect(DigestOf(passkey));

    public bool Holds(UserPasskey passkey)
    {
        try
        {
            return CryptographicOperations.FixedTimeEquals(protector.Unprotect(passkey.Seal), DigestOf(passkey));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>What never changes of it. The counter does, with every use.</summary>
    private static byte[] DigestOf(UserPasskey passkey)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[12];
        BinaryPrimitives.WriteInt64BigEndian(numbers, passkey.UserId);
        BinaryPrimitives.WriteInt32BigEndian(numbers[8..], passkey.CredentialId.Length);
        hash.AppendData(numbers);
        hash.AppendData(passkey.CredentialId);
        hash.AppendData(passkey.Data.PublicKey);
        return hash.GetHashAndReset();
    }
}
