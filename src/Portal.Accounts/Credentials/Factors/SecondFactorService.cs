using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Passwords;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Accounts.Credentials.Factors;

/// <remarks>Each change takes the user's row first, so of two at once, in two tabs, the second sees what the first did. Hashing is done before: nothing slow stands inside a transaction.</remarks>
internal sealed partial class SecondFactorService(
    IDbContextFactory<PortalDbContext> contexts,
    Authenticators authenticators,
    RecoveryCodes recovery,
    FactorChanges changes,
    CodeConfirmation confirmation,
    RecentAuthentication recent,
    SessionEnder ender,
    AttemptLimiter limiter,
    AccountEvents events,
    Outbox outbox,
    TimeProvider time,
    IOptions<PortalOptions> portal,
    IOptions<PasswordsOptions> passwords,
    IOptions<RateLimitsOptions> limits,
    ILogger<SecondFactorService> logger) : ISecondFactorService
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.SignIn)!;

    public async Task<SecondFactorInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return null;
        }

        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await OwnAccount.Of(context, asker).Select(user => new
        {
            Since = context.Authenticators.Where(row => row.UserId == user.Id).Select(row => (DateTimeOffset?)row.ConfirmedAt).FirstOrDefault(),
            Left = context.RecoveryCodes.Count(row => row.UserId == user.Id && row.UsedAt == null),
            Browsers = context.TrustedBrowsers.Where(row => row.UserId == user.Id && row.ExpiresAt > now)
                .OrderByDescending(row => row.Id)
                .Select(row => new { row.Id, row.Browser, row.Os, row.ExpiresAt })
                .ToList(),
        }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new SecondFactorInfo(
            found.Since,
            found.Left,
            [.. found.Browsers.Select(row => new TrustedBrowserInfo(
                row.Id, new AgentInfo(row.Browser, null, row.Os, DeviceClass.Unknown).Describe(), row.ExpiresAt))]);
    }

    public async Task<SecondFactorOutcome> BeginAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (asker, refused) = await AskAsync(context, person, cancellationToken);
        if (asker is null)
        {
            return refused!;
        }

        if (await Authenticators.HasOneAsync(context, asker.UserId, cancellationToken))
        {
            return new SecondFactorOutcome.AlreadyThere();
        }

        var email = await OwnAccount.Of(context, asker).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        return email is null ? new SecondFactorOutcome.Gone() : new SecondFactorOutcome.Begun(SetupFor(asker.UserId, email));
    }

    public async Task<SecondFactorOutcome> AddAsync(ClaimsPrincipal person, AuthenticatorSetup setup, string code, bool endOthers, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (asker, refused) = await AskAsync(context, person, cancellationToken);
        if (asker is null || asker.UserId != setup.UserId)
        {
            return refused ?? new SecondFactorOutcome.Gone();
        }

        var key = $"second-factor:setup:{asker.UserId}";
        var (receipt, retryAfter) = limiter.TryCount((key, limit));
        if (receipt is null)
        {
            return new SecondFactorOutcome.Throttled(retryAfter);
        }

        if (Totp.StepOf(setup.Secret, string.Concat(code.Where(letter => !char.IsWhiteSpace(letter))), time.GetUtcNow()) is not { } step)
        {
            return new SecondFactorOutcome.WrongCode();
        }

        limiter.Forget(key);
        return await ChangeWithCodesAsync(context, asker, FactorChange.AppAdded, AuditKind.SecondFactorAdded, endOthers, async user =>
        {
            if (await Authenticators.HasOneAsync(context, user.Id, cancellationToken))
            {
                return new SecondFactorOutcome.AlreadyThere();
            }

            await authenticators.AddAsync(context, user.Id, setup.Secret, step, cancellationToken);
            var session = await context.Sessions.SingleAsync(row => row.Id == asker.SessionId, cancellationToken);
            session.Method = SessionMethods.WithCode(session.Method, SessionMethods.Code);
            return null;
        }, cancellationToken);
    }

    public async Task<SecondFactorOutcome> RemoveAsync(ClaimsPrincipal person, bool endOthers, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (asker, refused) = await AskAsync(context, person, cancellationToken);
        return asker is null ? refused! : await ChangeAsync(context, asker, FactorChange.AppRemoved, AuditKind.SecondFactorRemoved, endOthers, [], async user =>
            user.HasShortPassword ? new SecondFactorOutcome.NeedsLongerPassword(passwords.Value.MinimumLength)
                : await Authenticators.RemoveAsync(context, user.Id, cancellationToken) ? null
                : new SecondFactorOutcome.NotThere(), cancellationToken);
    }

    public async Task<SecondFactorOutcome> RenewRecoveryCodesAsync(ClaimsPrincipal person, bool endOthers, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (asker, refused) = await AskAsync(context, person, cancellationToken);
        return asker is null ? refused! : await ChangeWithCodesAsync(context, asker, FactorChange.RecoveryCodesRenewed, AuditKind.RecoveryCodesRenewed, endOthers, async user =>
            await Authenticators.HasOneAsync(context, user.Id, cancellationToken) ? null : new SecondFactorOutcome.NotThere(), cancellationToken);
    }

    public async Task<bool> ForgetBrowserAsync(ClaimsPrincipal person, long browserId, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker || person.IsImpersonated())
        {
            return false;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await OwnAccount.Of(context, asker).TakeAsync(cancellationToken)
            || await context.TrustedBrowsers.Where(row => row.Id == browserId && row.UserId == asker.UserId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        var changed = new AccountEvent.UserChanged(asker.UserId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(changed);
        return true;
    }

    public Task<SecondFactorOutcome> ConfirmAsync(HttpContext http, string code, CancellationToken cancellationToken) =>
        confirmation.ConfirmAsync(http, code, cancellationToken);

    private AuthenticatorSetup SetupFor(long userId, string email)
    {
        var (key, site) = (Totp.NewKey(), Uri.EscapeDataString(portal.Value.SiteName));
        return new AuthenticatorSetup(
            userId, key, $"otpauth://totp/{site}:{Uri.EscapeDataString(email)}?secret={Base32.Encode(key)}&issuer={site}&algorithm=SHA1&digits=6&period=30");
    }

    /// <summary>Who asks, when they may change something now; else what to answer.</summary>
    private async Task<(SessionAsker? Asker, SecondFactorOutcome? Refused)> AskAsync(PortalDbContext context, ClaimsPrincipal person, CancellationToken cancellationToken) =>
        SessionAsker.Of(person) is not { } asker ? (null, new SecondFactorOutcome.Gone())
            : person.IsImpersonated() ? (null, new SecondFactorOutcome.Impersonating())
            : !await recent.IsRecentAsync(context, asker, cancellationToken) ? (null, new SecondFactorOutcome.NeedsRecentAuthentication())
            : (asker, null);

    private async Task<SecondFactorOutcome> ChangeWithCodesAsync(
        PortalDbContext context, SessionAsker asker, FactorChange change, AuditKind kind, bool endOthers,
        Func<User, Task<SecondFactorOutcome?>> apply, CancellationToken cancellationToken)
    {
        try
        {
            var (codes, rows) = await recovery.MakeAsync(asker.UserId, cancellationToken);
            return await ChangeAsync(context, asker, change, kind, endOthers, codes, async user =>
            {
                if (await apply(user) is { } refused)
                {
                    return refused;
                }

                await RecoveryCodes.ReplaceAsync(context, user.Id, rows, cancellationToken);
                return null;
            }, cancellationToken);
        }
        catch (HashingQueueFullException full)
        {
            return new SecondFactorOutcome.Throttled(full.RetryAfter);
        }
    }

    private async Task<SecondFactorOutcome> ChangeAsync(
        PortalDbContext context, SessionAsker asker, FactorChange change, AuditKind kind, bool endOthers, IReadOnlyList<string> codes,
        Func<User, Task<SecondFactorOutcome?>> apply, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await OwnAccount.Of(context, asker).TakeAndReadAsync(cancellationToken) is not { } user)
        {
            return new SecondFactorOutcome.Gone();
        }

        if (await apply(user) is { } refused)
        {
            return refused;
        }

        IReadOnlyList<AccountEvent.SessionsEnded> ended = endOthers
            ? await ender.MarkAsync(
                context, SessionFilter.OthersOf(user.Id, asker.SessionId), new SessionEnd(SessionEndReason.Everywhere, user.Id, asker.SessionId), cancellationToken)
            : [];
        var origin = await AuditLog.OriginOfAsync(context, asker.SessionId, cancellationToken);
        var entry = new AuditEntry(kind, user.Id)
        {
            ActorId = user.Id,
            SessionId = asker.SessionId,
            Origin = origin,
            Details = new Dictionary<string, object?> { ["ended_sessions"] = ended.Sum(happened => happened.SessionIds.Count) },
        };
        await changes.AddAsync(context, user, change, entry, origin, cancellationToken);
        var changed = new AccountEvent.UserChanged(user.Id);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        var count = ender.Announce(ended);
        events.Publish(changed);
        outbox.Wake();
        Log.Changed(logger, user.Id, change, count);
        return new SecondFactorOutcome.Done(codes, count);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} changed their second factor ({Change}); {Count} other sessions ended.")]
        public static partial void Changed(ILogger logger, long userId, FactorChange change, int count);
    }
}
