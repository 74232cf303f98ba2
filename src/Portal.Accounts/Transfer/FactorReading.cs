using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Accounts.Passwords;

namespace Portal.Accounts.Transfer;

/// <summary>Passkeys and second factors of a line. Whose they are is not known yet, so nothing is sealed.</summary>
internal sealed class FactorReading(Authenticators authenticators, PasswordHashing hashing)
{
    private const int MaxRecoveryCodes = 100;

    /// <summary>The longest a credential's id may be (WebAuthn level 3, section 5.8.3), and what no public key reaches.</summary>
    private const int MaxCredentialId = 1023;
    private const int MaxKey = 8192;

    public IReadOnlyList<UserPasskey> Passkeys(UserRecord record, User user, DateTimeOffset now, List<string> faults)
    {
        var given = record.Passkeys ?? [];
        if (given.Any(passkey => passkey is not { CredentialId.Length: > 0 and <= MaxCredentialId, PublicKey.Length: > 0 and <= MaxKey, SignCount: null or >= 0 and <= uint.MaxValue }
            || TypedText.Normalize(passkey.Name) is not { Length: > 0 and <= UserPasskey.MaxNameLength } name || name.Any(char.IsControl) || passkey.Transports?.Any(string.IsNullOrEmpty) is true)
            || given.Count > UserPasskey.MaxPerUser)
        {
            faults.Add($"A passkey has a name of at most {UserPasskey.MaxNameLength} characters without control characters, a credential_id and a public_key, and nobody more than {UserPasskey.MaxPerUser} of them.");
            return [];
        }

        if (given.DistinctBy(passkey => Convert.ToBase64String(passkey.CredentialId!)).Count() < given.Count)
        {
            faults.Add("A passkey is given twice.");
        }

        user.PasskeyHandle = given.Count > 0 ? TypedText.Normalize(record.PasskeyHandle) : null;
        if (given.Count > 0 && user.PasskeyHandle is not { Length: > 0 and <= PortalDbContext.Lengths.Word })
        {
            faults.Add($"Passkeys need their passkey_handle, of at most {PortalDbContext.Lengths.Word} characters.");
        }

        return [.. given.Select(passkey => new UserPasskey
        {
            CredentialId = passkey.CredentialId!,
            LastUsedAt = passkey.LastUsed,
            Data = new IdentityPasskeyData
            {
                PublicKey = passkey.PublicKey!,
                Name = TypedText.Normalize(passkey.Name),
                CreatedAt = passkey.Created ?? now,
                SignCount = (uint)(passkey.SignCount ?? 0),
                Transports = passkey.Transports?.ToArray(),
                IsUserVerified = passkey.UserVerified ?? false,
                IsBackupEligible = passkey.BackupEligible ?? false,
                IsBackedUp = passkey.BackedUp ?? false,
                AttestationObject = passkey.Attestation ?? [],
                ClientDataJson = passkey.ClientData ?? [],
            },
        })];
    }

    public (Authenticator? Authenticator, IReadOnlyList<RecoveryCode> Codes) SecondFactor(UserRecord record, DateTimeOffset now, List<string> faults)
    {
        if (record.SecondFactor is not { } given)
        {
            return (null, []);
        }

        var codes = given.RecoveryCodes ?? [];
        if (given.Key is not { Length: >= 16 and <= 64 })
        {
            faults.Add("A second_factor has a key of 16 to 64 bytes.");
        }

        if (codes.Count > MaxRecoveryCodes
            || codes.Any(code => code is not { Name.Length: > 0 and <= PortalDbContext.Lengths.RecoveryCodeName, Hash.Length: > 0 and <= PortalDbContext.Lengths.Sentence } || hashing.Refuse(code.Hash!) is not null)
            || codes.DistinctBy(code => code.Name).Count() < codes.Count)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"A recovery code has a name of at most {PortalDbContext.Lengths.RecoveryCodeName} characters, which no other has, and a hash."));
        }

        return faults.Count > 0 ? (null, []) : (
            new Authenticator { Key = authenticators.Protect(given.Key!), ConfirmedAt = given.Since ?? now },
            [.. codes.Select(code => new RecoveryCode { Name = code.Name!, Hash = code.Hash!, CreatedAt = given.Since ?? now })]);
    }
}
