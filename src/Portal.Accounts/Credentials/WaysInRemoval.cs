using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;

namespace Portal.Accounts.Credentials;

/// <summary>Takes away what somebody else may have left in an account to open it with, each with its event, and tells the person by one mail what went (OWASP ASVS 6.3.7).</summary>
internal sealed class WaysInRemoval(
    AuditLog audit,
    Outbox outbox,
    TimeProvider time,
    IOptions<ExternalProvidersOptions> providers,
    IOptions<AccountsOptions> accounts,
    IOptions<PortalOptions> portal)
{
    /// <summary>Among an event's details: it happened because the person said that something was not them.</summary>
    public const string ByReport = "by_report";

    /// <summary>Among an event's details: it happened because nobody had proved to have an address of the account.</summary>
    public const string ByProof = "by_first_proof";

    private static readonly RemovedWaysIn None = new(0, [], HadApp: false, HadCodes: false, HadPassword: false);

    /// <summary>Takes every way in but the password away, in the caller's transaction, which has the user's row: whoever made the account with an address that was not theirs keeps none.</summary>
    public async Task RemoveOthersAsync(PortalDbContext context, long userId, AuditOrigin origin, CancellationToken cancellationToken)
    {
        var by = Because(new AuditEntry(AuditKind.PasswordReset, userId) { Origin = origin }, ByProof);
        await TellAsync(context, by, userId, await RemoveAsync(context, by, userId, DateTimeOffset.MinValue, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Takes what was added since a moment away, in the caller's transaction, which has the user's row: whoever was in the account
    /// may have left themself a way back. A password that is too short without the app goes with that, where another can be had by
    /// mail. The caller tells of it (<see cref="TellAsync"/>) once the account has its own address again.
    /// </summary>
    public async Task<RemovedWaysIn> RemoveAddedSinceAsync(
        PortalDbContext context, AuditEntry by, long userId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        by = Because(by, ByReport);
        var removed = await RemoveAsync(context, by, userId, since, cancellationToken);
        // Chosen beside an app that is gone, by whoever added that.
        if (!accounts.Value.Recovery || await context.Users
            .Where(user => user.Id == userId && user.HasShortPassword && !context.Authenticators.Any(app => app.UserId == user.Id))
            .ExecuteUpdateAsync(
                row => row.SetProperty(user => user.PasswordHash, (string?)null).SetProperty(user => user.HasShortPassword, false), cancellationToken) == 0)
        {
            return removed;
        }

        await NoteAsync(context, by, AuditKind.PasswordRemoved, [], cancellationToken);
        return removed with { HadPassword = true };
    }

    /// <summary>Promises the mail that lists what went; none where nothing did.</summary>
    public async Task TellAsync(PortalDbContext context, AuditEntry by, long userId, RemovedWaysIn removed, CancellationToken cancellationToken)
    {
        if (removed.Count == 0)
        {
            return;
        }

        var user = await context.Users.Where(row => row.Id == userId).Select(row => new { row.Email, row.UserName }).SingleAsync(cancellationToken);
        var origin = by.Origin ?? await AuditLog.OriginOfAsync(context, by.SessionId, cancellationToken);
        await outbox.AddAsync(context, new AccountMail.WaysInRemoved(
            user.Email!, userId, user.UserName, removed, by.Kind is AuditKind.ReportedNotMe,
            portal.Value.RecoveryUrl(accounts.Value), portal.Value.AbsoluteUrl(PortalLinks.Security), origin.ToOccasion(time.GetUtcNow())), cancellationToken);
    }

    private static AuditEntry Because(AuditEntry by, string cause) => by with { Details = new Dictionary<string, object?> { [cause] = true } };

    private async Task<RemovedWaysIn> RemoveAsync(
        PortalDbContext context, AuditEntry by, long userId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var removed = None with { Providers = await RemoveIdentitiesAsync(context, by, userId, since, cancellationToken) };
        // When one was made stands in what the database keeps as one text.
        foreach (var passkey in (await context.UserPasskeys.Where(row => row.UserId == userId).ToListAsync(cancellationToken)).Where(row => row.Data.CreatedAt >= since))
        {
            context.UserPasskeys.Remove(passkey);
            await NoteAsync(context, by, AuditKind.PasskeyRemoved, [("passkey", passkey.Data.Name)], cancellationToken);
            removed = removed with { Passkeys = removed.Passkeys + 1 };
        }

        if (await context.Authenticators.AnyAsync(app => app.UserId == userId && app.ConfirmedAt >= since, cancellationToken)
            && await Authenticators.RemoveAsync(context, userId, cancellationToken))
        {
            await NoteAsync(context, by, AuditKind.SecondFactorRemoved, [], cancellationToken);
            return removed with { HadApp = true };
        }

        // Whoever made new recovery codes has them on paper.
        if (await context.RecoveryCodes.Where(code => code.UserId == userId && code.CreatedAt >= since).ExecuteDeleteAsync(cancellationToken) > 0)
        {
            await NoteAsync(context, by, AuditKind.RecoveryCodesRemoved, [], cancellationToken);
            return removed with { HadCodes = true };
        }

        return removed;
    }

    /// <summary>Returns what people call the providers.</summary>
    private async Task<IReadOnlyList<string>> RemoveIdentitiesAsync(
        PortalDbContext context, AuditEntry by, long userId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        List<string> names = [];
        foreach (var identity in await context.UserLogins.Where(row => row.UserId == userId && row.CreatedAt >= since).ToListAsync(cancellationToken))
        {
            var name = providers.Value.Find(identity.LoginProvider)?.DisplayName ?? identity.ProviderDisplayName ?? identity.LoginProvider;
            context.UserLogins.Remove(identity);
            await NoteAsync(context, by, AuditKind.IdentityUnlinked, [("provider", name), ("external_id", identity.ProviderKey)], cancellationToken);
            names.Add(name);
        }

        return names;
    }

    private Task NoteAsync(
        PortalDbContext context, AuditEntry by, AuditKind kind, IEnumerable<(string Name, object? Value)> details, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, object?>(by.Details!);
        foreach (var (name, value) in details)
        {
            all[name] = value;
        }

        return audit.AddAsync(context, by with { Kind = kind, Details = all }, cancellationToken);
    }
}
