using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Accounts.Transfer;

/// <summary>Which values a file had already: 128 bits each, so that a file of millions fits.</summary>
internal sealed class SeenValues
{
    private readonly HashSet<UInt128> _digests = [];

    public bool Has(string kind, string value) => _digests.Contains(DigestOf(kind, value));

    /// <summary>False when it was there.</summary>
    public bool Add(string kind, string value) => _digests.Add(DigestOf(kind, value));

    private static UInt128 DigestOf(string kind, string value) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{value}")));
}
