using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Portal.Accounts.Sessions;

/// <summary>
/// Public ids: 26 characters of lower-case base 32, 48 bits of time and 80 random bits, so that they sort by creation and
/// are stored side by side. Not a secret: the key in the cookie is.
/// </summary>
internal static class SessionIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26;

    public static string New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return Write(bytes, now);
    }

    /// <summary>No id made at that moment or later sorts before it.</summary>
    public static string Earliest(DateTimeOffset moment) => Write(stackalloc byte[16], moment);

    /// <summary>Whether text has the form of an id: spares the database other people's long strings.</summary>
    public static bool IsWellFormed(string? text) => text is { Length: Length } && text.All(Alphabet.Contains);

    private static string Write(Span<byte> bytes, DateTimeOffset now)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(now.ToUnixTimeMilliseconds() >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)now.ToUnixTimeMilliseconds());
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return string.Create(Length, value, static (text, rest) =>
        {
            for (var i = text.Length - 1; i >= 0; i--)
            {
                text[i] = Alphabet[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }
}
