using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Portal.Accounts.Data;

namespace Portal.Accounts.Audit;

/// <summary>The hash of one link: SHA-256 over the hash before it and what the row says. Written out in this room's README; never change it.</summary>
internal static class AuditHash
{
    private const int Null = -1;

    /// <summary>What stands before the first link.</summary>
    public static byte[] Beginning { get; } = new byte[SHA256.HashSizeInBytes];

    public static byte[] Of(ReadOnlySpan<byte> previous, long position, AuditEvent row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Append(hash, position);
        Append(hash, row.Id);
        Append(hash, row.At.UtcTicks);
        Append(hash, row.Kind);
        Append(hash, row.SubjectId);
        Append(hash, row.ActorId);
        Append(hash, row.SessionId);
        Append(hash, row.IpDigest);
        Append(hash, row.DetailsDigest);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long? number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number ?? 0);
        Append(hash, bytes, isNull: number is null);
    }

    private static void Append(IncrementalHash hash, string? text) => Append(hash, Encoding.UTF8.GetBytes(text ?? ""), isNull: text is null);

    private static void Append(IncrementalHash hash, byte[]? bytes) => Append(hash, bytes, isNull: bytes is null);

    /// <summary>Its length first, so that no two rows can be written alike by moving a border.</summary>
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes, bool isNull)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, isNull ? Null : bytes.Length);
        hash.AppendData(length);
        if (!isNull)
        {
            hash.AppendData(bytes);
        }
    }
}
