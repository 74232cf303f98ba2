using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Passwords;

/// <summary>
/// Hashes and verifies in Identity's version 3 format: PBKDF2-HMAC-SHA512, 128 bits of salt, 256 of key, the rounds
/// written into the hash. Costs tens of milliseconds of the calling thread by design: go through
/// <see cref="HashingQueue"/> wherever somebody else may need that thread.
/// </summary>
/// <remarks>Without state after construction; callers may run in parallel.</remarks>
internal sealed class PasswordHashing
{
    /// <summary>More would occupy a thread for seconds, so a stored hash that asks for more counts as malformed.</summary>
    public const int MaxIterations = 10_000_000;

    private const byte Version3 = 1;
    private const int HmacSha512 = 2;
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;
    private const int HeaderBytes = 13;

    /// <summary>What the format demands of salt and key each.</summary>
    private const int MinPartBytes = 16;

    private static readonly object NoUser = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly string _unmatchable;

    public PasswordHashing(IOptions<PasswordsOptions> options)
    {
        _hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.Iterations }));
        _unmatchable = MakeUnmatchable(options.Value.Iterations);
    }

    /// <summary>Throws <see cref="ArgumentException"/> for text that <see cref="PasswordText.TryNormalize"/> does not take; <see cref="PasswordRules"/> refuses it before.</summary>
    public string Hash(string password) =>
        PasswordText.TryNormalize(password, out var normalized)
            ? _hasher.HashPassword(NoUser, normalized)
            : throw new ArgumentException("The password holds a character that is none.", nameof(password));

    /// <summary>
    /// Never throws for what is stored or typed. A hash that is null or malformed takes the time of a real one and
    /// fails, so that time does not tell whether an account exists or has a password (ASVS 6.3.8).
    /// </summary>
    /// <returns><see cref="PasswordVerificationResult.SuccessRehashNeeded"/> when it matches but was made with fewer rounds than now.</returns>
    public PasswordVerificationResult Verify(string? hash, string password)
    {
        if (!PasswordText.TryNormalize(password, out var normalized) || !IsReadable(hash))
        {
            _ = _hasher.VerifyHashedPassword(NoUser, _unmatchable, password);
            return PasswordVerificationResult.Failed;
        }

        return _hasher.VerifyHashedPassword(NoUser, hash, normalized);
    }

    private static bool IsReadable([NotNullWhen(true)] string? hash)
    {
        if (string.IsNullOrEmpty(hash))
        {
            return false;
        }

        var bytes = new byte[hash.Length];
        if (!Convert.TryFromBase64String(hash, bytes, out var written) || written < HeaderBytes + (2 * MinPartBytes) || bytes[0] != Version3)
        {
            return false;
        }

        var function = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1));
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5));
        var saltBytes = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(9));
        return function <= HmacSha512
            && iterations is >= 1 and <= MaxIterations
            && saltBytes >= MinPartBytes
            && saltBytes <= written - HeaderBytes - MinPartBytes;
    }

    /// <summary>A well-formed hash whose key is random instead of derived: it takes the time of any other, and no password is known to fit.</summary>
    private static string MakeUnmatchable(int iterations)
    {
        var bytes = new byte[HeaderBytes + SaltBytes + KeyBytes];
        bytes[0] = Version3;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), HmacSha512);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), (uint)iterations);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), SaltBytes);
        RandomNumberGenerator.Fill(bytes.AsSpan(HeaderBytes));
        return Convert.ToBase64String(bytes);
    }
}
