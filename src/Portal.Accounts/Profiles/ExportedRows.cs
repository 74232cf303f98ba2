using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Profiles;

/// <summary>A person's rows as their export shows them: an object, a list, or null where there is none.</summary>
internal static class ExportedRows
{
    public static async Task<object?> AccountAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.Users.Where(user => user.Id == asker.UserId).Select(user => new
        {
            user.Id,
            user.UserName,
            user.Email,
            user.EmailConfirmed,
            user.NewEmail,
            user.Domain,
            user.PhoneNumber,
            user.PhoneNumberConfirmed,
            user.IsActive,
            HasPassword = user.PasswordHash != null,
            user.HasShortPassword,
            user.TwoFactorEnabled,
            user.PasskeyHandle,
            user.LockoutEnabled,
            user.LockoutEnd,
            user.AccessFailedCount,
            user.CreatedAt,
            user.UpdatedAt,
            user.ConfirmedAt,
            user.VerifiedAt,
            user.BlockedAt,
        }).SingleOrDefaultAsync(cancellationToken);

    public static async Task<object?> ProfileAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        Parse(await context.Users.Where(user => user.Id == asker.UserId).Select(user => user.Profile).SingleOrDefaultAsync(cancellationToken));

    public static async Task<object?> PreferencesAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        Parse(await context.Users.Where(user => user.Id == asker.UserId).Select(user => user.Preferences).SingleOrDefaultAsync(cancellationToken));

    public static async Task<object?> PictureAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.Pictures.Where(picture => picture.UserId == asker.UserId)
            .Select(picture => new { picture.ContentType, picture.UpdatedAt, picture.Version, picture.Content })
            .SingleOrDefaultAsync(cancellationToken);

    public static async Task<object?> RolesAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.UserRoles.Where(member => member.UserId == asker.UserId)
            .Join(context.Roles, member => member.RoleId, role => role.Id, (member, role) => new { member.RoleId, role.Name, role.Description })
            .OrderBy(role => role.Name)
            .ToListAsync(cancellationToken);

    public static async Task<object?> SignInsAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.LoginInformation.Where(login => login.UserId == asker.UserId)
            .Select(login => new { login.CurrentLoginAt, login.CurrentLoginIp, login.LastLoginAt, login.LastLoginIp, login.LoginCount })
            .SingleOrDefaultAsync(cancellationToken);

    public static async Task<object?> SessionsAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.Sessions.Where(session => session.UserId == asker.UserId).OrderBy(session => session.Id).Select(session => new
        {
            session.Id,
            IsCurrent = session.Id == asker.SessionId,
            session.CreatedAt,
            session.AuthenticatedAt,
            session.LastSeenAt,
            session.ExpiresAt,
            session.AbsoluteExpiresAt,
            session.IdleTimeout,
            session.IsPersistent,
            // From where an administrator acted is theirs.
            ByAdministrator = session.ImpersonatorId != null,
            Ip = session.ImpersonatorId == null ? session.Ip : null,
            Country = session.ImpersonatorId == null ? session.Country : null,
            session.Browser,
            session.BrowserVersion,
            session.Os,
            session.Device,
            session.Method,
            session.Provider,
            session.ProviderSubject,
            session.ProviderSessionId,
            session.EndedAt,
            session.EndReason,
            EndedBy = session.EndedById == null ? null : session.EndedById == asker.UserId ? "you" : "somebody else",
        }).ToListAsync(cancellationToken);

    public static async Task<object?> IdentitiesAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.UserLogins.Where(identity => identity.UserId == asker.UserId)
            .Select(identity => new { identity.Id, identity.LoginProvider, identity.ProviderKey, identity.ProviderDisplayName, identity.CreatedAt, identity.UpdatedAt })
            .ToListAsync(cancellationToken);

    /// <summary>The portal holds the public half only; the secret one never left the device.</summary>
    public static async Task<object?> PasskeysAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        (await context.UserPasskeys.AsNoTracking().Where(passkey => passkey.UserId == asker.UserId).ToListAsync(cancellationToken)).Select(passkey => new
        {
            passkey.Id,
            CredentialId = Base64Url.EncodeToString(passkey.CredentialId),
            passkey.Data.Name,
            passkey.Data.CreatedAt,
            passkey.LastUsedAt,
            passkey.Data.PublicKey,
            passkey.Data.SignCount,
            passkey.Data.Transports,
            passkey.Data.IsUserVerified,
            passkey.Data.IsBackupEligible,
            passkey.Data.IsBackedUp,
            passkey.Data.AttestationObject,
            passkey.Data.ClientDataJson,
        }).ToList();

    /// <summary>That there is one; its key would let another app make the codes.</summary>
    public static async Task<object?> AuthenticatorAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.Authenticators.Where(row => row.UserId == asker.UserId)
            .Select(row => new { row.ConfirmedAt, row.FailedInARow })
            .SingleOrDefaultAsync(cancellationToken);

    public static async Task<object?> RecoveryCodesAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.RecoveryCodes.Where(row => row.UserId == asker.UserId).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.CreatedAt, row.UsedAt })
            .ToListAsync(cancellationToken);

    public static async Task<object?> TrustedBrowsersAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.TrustedBrowsers.Where(row => row.UserId == asker.UserId).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.SessionId, row.Browser, row.Os, row.CreatedAt, row.ExpiresAt })
            .ToListAsync(cancellationToken);

    public static async Task<object?> ClaimsAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.UserClaims.Where(claim => claim.UserId == asker.UserId)
            .Select(claim => new { claim.Id, claim.ClaimType, claim.ClaimValue })
            .ToListAsync(cancellationToken);

    /// <summary>That there is one; what it is would open the account.</summary>
    public static async Task<object?> TokensAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.UserTokens.Where(token => token.UserId == asker.UserId)
            .Select(token => new { token.LoginProvider, token.Name })
            .ToListAsync(cancellationToken);

    public static async Task<object?> LinksAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        (await context.OneTimeTokens.Where(link => link.UserId == asker.UserId).OrderBy(link => link.Id)
            .Select(link => new { link.Id, link.Purpose, link.CreatedAt, link.ExpiresAt, link.UsedAt })
            .ToListAsync(cancellationToken))
            .Select(link => new { link.Id, Purpose = JsonNamingPolicy.KebabCaseLower.ConvertName(link.Purpose.ToString()), link.CreatedAt, link.ExpiresAt, link.UsedAt })
            .ToList();

    /// <summary>
    /// Without the links to new addresses: such a mail exists only where the address was free, so its absence would tell
    /// that somebody has it. That the change was asked for stands among the links and the events.
    /// </summary>
    public static async Task<object?> MailsAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken) =>
        await context.OutboxMails.Where(mail => mail.UserId == asker.UserId && mail.Kind != nameof(AccountMail.ConfirmNewEmail)).OrderBy(mail => mail.Id)
            .Select(mail => new { mail.Id, mail.Kind, mail.Recipient, mail.CreatedAt, mail.DueAt, mail.State, mail.Attempts, mail.SentAt, mail.FailedAt })
            .ToListAsync(cancellationToken);

    /// <summary>A stored JSON object as it is; other text as text.</summary>
    private static object? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
