using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

/// <summary>A value that a file may have once: 128 bits of its digest, so that a file of millions fits into memory.</summary>
/// <param name="Kind">What it is, in a word.</param>
/// <param name="Digest">Of its kind and of itself.</param>
internal readonly record struct SeenValue(string Kind, UInt128 Digest)
{
    public static SeenValue Of(string kind, string value) =>
        new(kind, BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{value}"))));

    /// <summary>What no two users may have in common; their address first.</summary>
    public static IEnumerable<SeenValue> OfUser(User user, IEnumerable<UserIdentity> identities, IEnumerable<UserPasskey> passkeys, bool keepsIds)
    {
        yield return Of("address", user.NormalizedEmail!);
        if (user.NormalizedUserName is { } name)
        {
            yield return Of("username", name);
        }

        if (keepsIds && user.Id > 0)
        {
            yield return Of("id", user.Id.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var identity in identities)
        {
            yield return Of("identity", $"{identity.LoginProvider}\n{identity.ProviderKey}");
        }

        foreach (var passkey in passkeys)
        {
            yield return Of("passkey", ImportedFactors.NameOf(passkey));
        }
    }
}
