using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Accounts.Credentials.Factors;

/// <summary>
/// Time-based one-time passwords (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, six digits, steps of 30
/// seconds counted from 1970. Taken are the code of the running step and of the one before, for who types slowly
/// (section 5.2); never one of the future.
/// </summary>
internal static class Totp
{
    public const int Digits = 6;

    /// <summary>What RFC 4226, section 4, recommends: as long as the hash.</summary>
    public const int KeyBytes = 20;

    public static readonly TimeSpan StepLength = TimeSpan.FromSeconds(30);

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / (long)StepLength.TotalSeconds;

    public static string CodeAt(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        // The algorithm is the standard's; a weakness of SHA-1 that harms HMAC is not known (RFC 6238, section 1.2).
#pragma warning disable CA5350
        HMACSHA1.HashData(key, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xf)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code it is, the running one first; null for none of the two.</summary>
    public static long? StepOf(byte[] key, string code, DateTimeOffset now)
    {
        var current = StepAt(now);
        var typed = Encoding.UTF8.GetBytes(code);
        long? found = null;
        foreach (var step in (long[])[current - 1, current])
        {
            // Both are compared, and wholly, whichever fits: time tells nothing.
            found = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeAt(key, step)), typed) ? step : found;
        }

        return found;
    }
}
