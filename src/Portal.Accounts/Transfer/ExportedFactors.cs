using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Accounts.Passkeys;

namespace Portal.Accounts.Transfer;

/// <summary>Pictures, passkeys and second factors of a page of users.</summary>
internal sealed class ExportedFactors(PasskeySeals seals, Authenticators authenticators)
{
    private const int KeyBytes = 20;

    /// <summary>The same users, with what else they have.</summary>
    /// <param name="context">Reads only.</param>
    /// <param name="users">By id.</param>
    /// <param name="withSecrets">Second factors too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<List<UserRecord>> AddAsync(PortalDbContext context, List<UserRecord> users, bool withSecrets, CancellationToken cancellationToken)
    {
        if (users.Count == 0)
        {
            return users;
        }

        var (first, end) = (users[0].Id!.Value, users[^1].Id!.Value);
        var pictures = await context.Pictures.Where(row => row.UserId >= first && row.UserId <= end)
            .Select(row => new { row.UserId, row.Content }).ToDictionaryAsync(row => row.UserId, row => row.Content, cancellationToken);
        // A row that another hand wrote opens nothing here, and is not to be sealed elsewhere.
        var passkeys = (await context.UserPasskeys.AsNoTracking().Where(row => row.UserId >= first && row.UserId <= end).ToListAsync(cancellationToken))
            .Where(seals.Holds).OrderBy(row => row.Data.CreatedAt).ThenBy(row => Convert.ToHexString(row.CredentialId), StringComparer.Ordinal)
            .ToLookup(row => row.UserId, RecordOf);
        var factors = withSecrets ? await FactorsAsync(context, first, end, cancellationToken) : [];
        return [.. users.Select(user => user with
        {
            Picture = pictures.GetValueOrDefault(user.Id!.Value),
            PasskeyHandle = passkeys.Contains(user.Id.Value) ? user.PasskeyHandle : null,
            Passkeys = passkeys.Contains(user.Id.Value) ? [.. passkeys[user.Id.Value]] : null,
            SecondFactor = factors.GetValueOrDefault(user.Id.Value),
        })];
    }

    private async Task<Dictionary<long, SecondFactorRecord>> FactorsAsync(PortalDbContext context, long first, long end, CancellationToken cancellationToken)
    {
        var codes = (await context.RecoveryCodes.AsNoTracking().Where(row => row.UserId >= first && row.UserId <= end && row.UsedAt == null)
            .OrderBy(row => row.UserId).ThenBy(row => row.Name)
            .ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => new RecoveryCodeRecord(row.Name, row.Hash));
        return await context.Authenticators.AsNoTracking().Where(row => row.UserId >= first && row.UserId <= end).ToDictionaryAsync(
            row => row.UserId,
            row => new SecondFactorRecord
            {
                // One that cannot be read any more lets nobody in but by a recovery code, and must not vanish for it.
                Key = authenticators.KeyOf(row) ?? RandomNumberGenerator.GetBytes(KeyBytes),
                Since = row.ConfirmedAt,
                RecoveryCodes = codes.Contains(row.UserId) ? [.. codes[row.UserId]] : null,
            },
            cancellationToken);
    }

    private static PasskeyRecord RecordOf(UserPasskey row) => new()
    {
        Name = row.Data.Name,
        CredentialId = row.CredentialId,
        PublicKey = row.Data.PublicKey,
        Created = row.Data.CreatedAt,
        LastUsed = row.LastUsedAt,
        SignCount = row.Data.SignCount,
        Transports = row.Data.Transports,
        UserVerified = row.Data.IsUserVerified,
        BackupEligible = row.Data.IsBackupEligible,
        BackedUp = row.Data.IsBackedUp,
        Attestation = row.Data.AttestationObject,
        ClientData = row.Data.ClientDataJson,
    };
}
