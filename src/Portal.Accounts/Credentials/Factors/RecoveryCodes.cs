using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Passwords;

namespace Portal.Accounts.Credentials.Factors;

/// <summary>Codes on paper for the day the authenticator app is lost: twelve characters, 60 bits, each for one use.</summary>
/// <remarks>
/// The first four characters say which code it is and are stored as they are; the other eight, 40 bits, are hashed as
/// passwords are (OWASP ASVS 6.5.2). So trying one costs one hash, and the same when there is no such code.
/// </remarks>
internal sealed class RecoveryCodes(HashingQueue hashing, TimeProvider time)
{
    public const int Count = 10;

    /// <summary>At and below it the person is reminded to make new ones.</summary>
    public const int Few = 3;

    private const int NameLength = 4;
    private const int SecretLength = 8;

    // Without I, L, O and U, which are read as others (Crockford's base 32).
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>New codes and their rows, which belong to nobody yet. Slow: ten hashes.</summary>
    /// <exception cref="HashingQueueFullException">Too many people are at it.</exception>
    public async Task<(IReadOnlyList<string> Codes, IReadOnlyList<RecoveryCode> Rows)> MakeAsync(long userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        HashSet<string> names = [];
        while (names.Count < Count)
        {
            names.Add(RandomNumberGenerator.GetString(Alphabet, NameLength));
        }

        var codes = names.Select(name => (Name: name, Secret: RandomNumberGenerator.GetString(Alphabet, SecretLength))).ToList();
        List<RecoveryCode> rows = [];
        // One after the other: whoever signs in meanwhile waits for one hash and not for ten.
        foreach (var (name, secret) in codes)
        {
            rows.Add(new RecoveryCode { UserId = userId, Name = name, Hash = await hashing.HashAsync(secret, cancellationToken), CreatedAt = now });
        }

        return ([.. codes.Select(code => $"{code.Name}-{code.Secret[..NameLength]}-{code.Secret[NameLength..]}")], rows);
    }

    /// <summary>Puts new ones in the place of all others, in the caller's transaction.</summary>
    public static async Task ReplaceAsync(PortalDbContext context, long userId, IReadOnlyList<RecoveryCode> rows, CancellationToken cancellationToken)
    {
        await context.RecoveryCodes.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        context.RecoveryCodes.AddRange(rows);
    }

    /// <summary>The unused row that a code belongs to; null for none. Case, spaces and hyphens do not matter.</summary>
    /// <exception cref="HashingQueueFullException">Too many people are at it.</exception>
    public async Task<long?> FindAsync(PortalDbContext context, long userId, string code, CancellationToken cancellationToken)
    {
        var (name, secret) = Read(code);
        var row = await context.RecoveryCodes.AsNoTracking()
            .Where(row => row.UserId == userId && row.Name == name && row.UsedAt == null)
            .Select(row => new { row.Id, row.Hash })
            .SingleOrDefaultAsync(cancellationToken);
        return await hashing.VerifyAsync(row?.Hash, secret, cancellationToken) is PasswordVerificationResult.Failed ? null : row?.Id;
    }

    /// <summary>Spends one in the caller's transaction. False, with nothing changed, when another was quicker.</summary>
    public async Task<bool> SpendAsync(PortalDbContext context, long rowId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await context.RecoveryCodes.Where(row => row.Id == rowId && row.UsedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.UsedAt, now), cancellationToken) == 1;
    }

    public static Task<int> CountLeftAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        context.RecoveryCodes.CountAsync(row => row.UserId == userId && row.UsedAt == null, cancellationToken);

    /// <summary>What was typed, as it is stored: letters that look like digits are those digits.</summary>
    private static (string Name, string Secret) Read(string code)
    {
        var plain = string.Concat(code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant))
            .Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return plain.Length == NameLength + SecretLength ? (plain[..NameLength], plain[NameLength..]) : ("", plain);
    }
}
