using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Credentials.Factors;

/// <summary>Authenticator apps and their codes.</summary>
/// <remarks>
/// A code is read first (<see cref="FindStepAsync"/>) and spent in the transaction of what it is for
/// (<see cref="SpendAsync"/>): of two that bring the same code at once one spends it, for the row's last step only rises.
/// </remarks>
internal sealed class Authenticators(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>
    /// So many wrong codes in a row, however slowly they come, and the app is taken no longer until a recovery code proves the
    /// person (NIST SP 800-63B-4, section 3.2.2). The limit per quarter of an hour comes first.
    /// </summary>
    public const int MaxFailedInARow = 100;

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Factors.Authenticator");

    /// <summary>Whether a sign-in by password asks them for a second factor.</summary>
    public static Task<bool> HasOneAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        context.Authenticators.AnyAsync(row => row.UserId == userId, cancellationToken);

    public byte[] Protect(byte[] key) => protector.Protect(key);

    /// <summary>Gives them one in the caller's transaction, whose caller saves; they have none yet.</summary>
    public Task AddAsync(PortalDbContext context, long userId, byte[] key, long lastStep, CancellationToken cancellationToken)
    {
        context.Authenticators.Add(new Authenticator { UserId = userId, Key = Protect(key), LastStep = lastStep, ConfirmedAt = time.GetUtcNow() });
        return NoteAsync(context, userId, hasOne: true, cancellationToken);
    }

    /// <summary>The key an app shares; null where the keys that protected it are gone.</summary>
    public byte[]? KeyOf(Authenticator row) => Unprotect(row.Key);

    /// <summary>The step of a code that is right and was not used; null for a wrong one, a used one, and where too many were wrong.</summary>
    public async Task<long?> FindStepAsync(PortalDbContext context, long userId, string code, CancellationToken cancellationToken)
    {
        var row = await context.Authenticators.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == userId, cancellationToken);
        if (row is not { FailedInARow: < MaxFailedInARow } || Unprotect(row.Key) is not { } key)
        {
            return null;
        }

        return Totp.StepOf(key, code, time.GetUtcNow()) is { } step && step > row.LastStep ? step : null;
    }

    /// <summary>Spends a code in the caller's transaction. False, with nothing changed, when another was quicker.</summary>
    public static async Task<bool> SpendAsync(PortalDbContext context, long userId, long step, CancellationToken cancellationToken) =>
        await context.Authenticators.Where(row => row.UserId == userId && row.LastStep < step)
            .ExecuteUpdateAsync(
                row => row.SetProperty(found => found.LastStep, step).SetProperty(found => found.FailedInARow, 0), cancellationToken) == 1;

    /// <summary>Counts a wrong code; at once, since nothing else comes of it.</summary>
    public static Task CountFailureAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        context.Authenticators.Where(row => row.UserId == userId)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.FailedInARow, found => found.FailedInARow + 1), cancellationToken);

    /// <summary>Forgets the wrong ones, in the caller's transaction: the person proved themself otherwise.</summary>
    public static Task ForgiveAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        context.Authenticators.Where(row => row.UserId == userId)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.FailedInARow, 0), cancellationToken);

    /// <summary>Takes it away in the caller's transaction, and the recovery codes with it. False when there was none.</summary>
    public static async Task<bool> RemoveAsync(PortalDbContext context, long userId, CancellationToken cancellationToken)
    {
        await context.RecoveryCodes.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        if (await context.Authenticators.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await NoteAsync(context, userId, hasOne: false, cancellationToken);
        return true;
    }

    /// <summary>With the person themself too: lists are narrowed by it and the database counts it.</summary>
    private static Task NoteAsync(PortalDbContext context, long userId, bool hasOne, CancellationToken cancellationToken) =>
        context.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(row => row.SetProperty(user => user.TwoFactorEnabled, hasOne), cancellationToken);

    private byte[]? Unprotect(byte[] key)
    {
        try
        {
            return protector.Unprotect(key);
        }
        catch (CryptographicException)
        {
            // The data-protection keys were replaced: no code fits any more, and recovery codes do.
            return null;
        }
    }
}
