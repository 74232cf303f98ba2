using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Passkeys;

namespace Portal.Accounts.Transfer;

/// <summary>Writes pictures, passkeys and second factors beside users who have their numbers.</summary>
internal sealed class ImportedFactors(PasskeySeals seals)
{
    /// <summary>Of one question; no database takes many more.</summary>
    private const int MaxParameters = 1000;

    /// <summary>What tells one passkey from another.</summary>
    public static string NameOf(UserPasskey passkey) => Convert.ToBase64String(passkey.CredentialId);

    /// <summary>Which of these somebody has here.</summary>
    public static async Task<HashSet<string>> PasskeysThereAsync(PortalDbContext context, IEnumerable<UserPasskey> passkeys, CancellationToken cancellationToken)
    {
        List<byte[]> there = [];
        foreach (var ids in passkeys.Select(passkey => passkey.CredentialId).Chunk(MaxParameters))
        {
            there.AddRange(await context.UserPasskeys.Where(row => ids.Contains(row.CredentialId)).Select(row => row.CredentialId).ToListAsync(cancellationToken));
        }

        return [.. there.Select(Convert.ToBase64String)];
    }

    /// <summary>In the running transaction; what the change tracker has of it the caller saves.</summary>
    public async Task AddAsync(PortalDbContext context, IReadOnlyList<ImportedUser> users, CancellationToken cancellationToken)
    {
        List<UserPicture> pictures = [];
        List<Authenticator> authenticators = [];
        foreach (var user in users)
        {
            if (user.Picture is { } picture)
            {
                picture.UserId = user.Row.Id;
                pictures.Add(picture);
            }

            if (user.Authenticator is { } authenticator)
            {
                authenticator.UserId = user.Row.Id;
                authenticators.Add(authenticator);
            }

            foreach (var passkey in user.Passkeys)
            {
                passkey.UserId = user.Row.Id;
                passkey.Seal = seals.Of(passkey);
                context.UserPasskeys.Add(passkey);
            }

            foreach (var code in user.RecoveryCodes)
            {
                // A number it had in a transaction that came to nothing may be another's by now.
                (code.Id, code.UserId) = (0, user.Row.Id);
                context.RecoveryCodes.Add(code);
            }
        }

        await context.WriteAsync(pictures, cancellationToken);
        await context.WriteAsync(authenticators, cancellationToken);
    }
}
