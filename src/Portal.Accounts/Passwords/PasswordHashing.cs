using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.Passwords;

/// <summary>
/// Hashes in Identity's version 3 format: PBKDF2-HMAC-SHA512, 128 bits of salt, 256 of key, the rounds written into the
/// hash. Verifies these, and what Invenio made, which is then to be hashed anew. Costs tens of milliseconds of the calling thread by design: go through
/// <see cref="HashingQueue"/> wherever somebody else may need that thread.
/// </summary>
/// <remarks>Without state after construction; callers may run in parallel.</remarks>
internal sealed class PasswordHashing
{
    /// <summary>More would occupy a thread for seconds, so a stored hash that asks for more counts as malformed.</summary>
    public const int MaxIterations = 10_000_000;

    /// <summary>An <see cref="InvenioAesHash"/> as it is kept: its address, then its checksum hashed as passwords are.</summary>
    private const string Wrapped = "$invenio-aes-wrapped$";

    private const byte Version3 = 1;
    private const int HmacSha512 = 2;

    /// <summary>What the column takes of a hash made elsewhere, so that an <see cref="InvenioAesHash"/> still fits when it is wrapped.</summary>
    private const int MaxLength = PortalDbContext.Lengths.Sentence - 100;


    private const int SaltBytes = 16;
    private const int KeyBytes = 32;
    private const int HeaderBytes = 13;

    /// <summary>What the format demands of salt and key each.</summary>
    private const int MinPartBytes = 16;

    private static readonly object NoUser = new();

    private readonly PasswordHasher<object> _hasher;
    private readonly string _unmatchable;
    private readonly int _iterations;
    private readonly string _pepper;

    public PasswordHashing(IOptions<PasswordsOptions> options)
    {
        (_iterations, _pepper) = (options.Value.Iterations, options.Value.LegacyPepper);
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
    /// fails, and one with fewer rounds than now takes the rest in vain, so that time does not tell whether an account
    /// exists, has a password or came from elsewhere (ASVS 6.3.8).
    /// </summary>
    /// <returns><see cref="PasswordVerificationResult.SuccessRehashNeeded"/> when it matches but was made with fewer rounds than now, or elsewhere.</returns>
    public PasswordVerificationResult Verify(string? hash, string password)
    {
        if (hash is null || !PasswordText.TryNormalize(password, out var normalized))
        {
            return Fail(password);
        }

        // Other sites hashed what was typed as it was.
        if (PasslibHash.Read(hash) is { } passlib)
        {
            var fits = passlib.Fits(password, _pepper);
            Spend(_iterations - passlib.Rounds);
            return fits ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Failed;
        }

        if (ReadWrapped(hash) is var (email, inner))
        {
            return VerifyOwn(inner, InvenioAesHash.ChecksumOf(email, password)) is PasswordVerificationResult.Failed
                ? PasswordVerificationResult.Failed
                : PasswordVerificationResult.SuccessRehashNeeded;
        }

        return RoundsOf(hash) is null ? Fail(password) : VerifyOwn(hash, normalized);
    }

    /// <summary>The sentence that says why a hash made elsewhere cannot be kept; null when it can.</summary>
    public string? Refuse(string hash)
    {
        if (hash.Length <= MaxLength && PasslibHash.Read(hash) is not null)
        {
            return _pepper.Length > 0 ? null : "The password hash is Invenio's and needs Passwords:LegacyPepper, which is Invenio's SECURITY_PASSWORD_SALT.";
        }

        var isKnown = InvenioAesHash.Read(hash) is not null || RoundsOf(hash) is not null || ReadWrapped(hash) is not null;
        return isKnown && hash.Length <= MaxLength ? null : "The password is no hash that can be verified here: $pbkdf2-sha512$…, $invenio-aes$…, or one of the portal's own.";
    }

    /// <summary>
    /// What is kept of a hash that <see cref="Refuse"/> does not refuse, so that no weak one rests in the database: a checksum of
    /// Invenio 1 is hashed, which takes the time of a password.
    /// </summary>
    public string Keep(string hash) =>
        InvenioAesHash.Read(hash) is { } weak ? $"{Wrapped}{weak.Email}${_hasher.HashPassword(NoUser, weak.Checksum)}" : hash;

    /// <summary>Whether <see cref="Keep"/> takes the time of a password.</summary>
    public static bool TakesTime(string hash) => InvenioAesHash.Read(hash) is not null;

    private PasswordVerificationResult Fail(string password)
    {
        _ = _hasher.VerifyHashedPassword(NoUser, _unmatchable, password);
        return PasswordVerificationResult.Failed;
    }

    private PasswordVerificationResult VerifyOwn(string hash, string text)
    {
        var result = _hasher.VerifyHashedPassword(NoUser, hash, text);
        Spend(_iterations - RoundsOf(hash)!.Value);
        return result;
    }

    /// <summary>Takes the time of so many rounds; of none for less than one.</summary>
    private void Spend(int rounds)
    {
        if (rounds > 0)
        {
            _ = Rfc2898DeriveBytes.Pbkdf2(_unmatchable, new byte[SaltBytes], rounds, HashAlgorithmName.SHA512, KeyBytes);
        }
    }

    private static (string Email, string Inner)? ReadWrapped(string hash)
    {
        var divide = hash.LastIndexOf('$');
        return hash.StartsWith(Wrapped, StringComparison.Ordinal) && divide >= Wrapped.Length && RoundsOf(hash[(divide + 1)..]) is not null
            ? (hash[Wrapped.Length..divide], hash[(divide + 1)..])
            : null;
    }

    /// <summary>The rounds of a hash of our own; null for anything else.</summary>
    private static int? RoundsOf(string hash)
    {
        var bytes = new byte[hash.Length];
        if (!Convert.TryFromBase64String(hash, bytes, out var written) || written < HeaderBytes + (2 * MinPartBytes) || bytes[0] != Version3)
        {
            return null;
        }

        var function = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1));
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5));
        var saltBytes = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(9));
        return function <= HmacSha512
            && iterations is >= 1 and <= MaxIterations
            && saltBytes >= MinPartBytes
            && saltBytes <= written - HeaderBytes - MinPartBytes
                ? (int)iterations
                : null;
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
