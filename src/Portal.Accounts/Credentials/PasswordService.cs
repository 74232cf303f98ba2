using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
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

namespace Portal.Accounts.Credentials;

internal sealed partial class PasswordService(
    IDbContextFactory<PortalDbContext> contexts,
    PasswordSetter setter,
    WrongPasswords wrong,
    HashingQueue hashing,
    AttemptLimiter limiter,
    SessionEnder ender,
    AuditLog audit,
    Outbox outbox,
    RequestOrigins origins,
    IOptions<AccountsOptions> accounts,
    IOptions<RateLimitsOptions> limits,
    ILogger<PasswordService> logger) : IPasswordService
{
    private static readonly FieldError Same = new(PasswordSetter.PasswordField, "This is the password you have. Choose another.");

    private readonly RateLimit limit = RateLimit.Parse(limits.Value.SignIn)!;

    public async Task<PasswordOutcome> ConfirmAsync(HttpContext http, string password, CancellationToken cancellationToken)
    {
        http.DemandResponse();
        if (http.User.IsImpersonated())
        {
            return new PasswordOutcome.Impersonating();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, http, cancellationToken) is not ({ } asker, { } user))
        {
            return new PasswordOutcome.Gone();
        }

        var origin = origins.Of(http);
        var refused = await VerifyAsync(context, user, password, asker, origin, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        return await TryRenewKeyAsync(http, (renewing, _, token) => audit.AddAsync(renewing, Entry(AuditKind.Confirmed, asker, origin), token))
            ? new PasswordOutcome.Done()
            : new PasswordOutcome.Gone();
    }

    public async Task<PasswordOutcome> ChangeAsync(HttpContext http, string current, string replacement, CancellationToken cancellationToken)
    {
        http.DemandResponse();
        if (!accounts.Value.PasswordChange)
        {
            return new PasswordOutcome.Disabled();
        }

        if (http.User.IsImpersonated())
        {
            return new PasswordOutcome.Impersonating();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, http, cancellationToken) is not ({ } asker, { } user))
        {
            return new PasswordOutcome.Gone();
        }

        IReadOnlyList<FieldError> errors = current == replacement ? [Same] : await setter.CheckAsync(context, replacement, user, losesSecondFactor: false, cancellationToken);
        if (errors.Count > 0)
        {
            return new PasswordOutcome.Invalid(errors);
        }

        var origin = origins.Of(http);
        var refused = await VerifyAsync(context, user, current, asker, origin, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        NewPasswordHash hash;
        try
        {
            hash = await setter.HashAsync(replacement, cancellationToken);
        }
        catch (HashingQueueFullException full)
        {
            return new PasswordOutcome.Throttled(full.RetryAfter);
        }

        var change = new PasswordChange(
            AuditKind.PasswordChanged, SessionFilter.OthersOf(asker.UserId, asker.SessionId), origin, asker.UserId, asker.SessionId);
        IReadOnlyList<AccountEvent.SessionsEnded> ended = [];
        // One transaction: no password is changed whose session keeps a key that an intruder may have.
        if (!await TryRenewKeyAsync(http, async (renewing, _, token) =>
            ended = await setter.SetAsync(renewing, user, hash, change, token) ?? throw new InactiveUserException(user.Id)))
        {
            return new PasswordOutcome.Gone();
        }

        var count = ender.Announce(ended);
        outbox.Wake();
        Log.Changed(logger, asker.UserId, count);
        return new PasswordOutcome.Done(count);
    }

    private static AuditEntry Entry(AuditKind kind, SessionAsker asker, AuditOrigin origin) =>
        new(kind, asker.UserId) { ActorId = asker.UserId, SessionId = asker.SessionId, Origin = origin };

    /// <summary>The asking session and its user, as long as both may do anything.</summary>
    private static async Task<(SessionAsker?, User?)> FindAsync(PortalDbContext context, HttpContext http, CancellationToken cancellationToken) =>
        SessionAsker.Of(http.User) is { } asker
            ? (asker, await context.Users.AsNoTracking()
                .SingleOrDefaultAsync(user => user.Id == asker.UserId && user.IsActive, cancellationToken))
            : (null, null);

    /// <summary>Null when the password is the user's. Counted for the person, in whichever of their sessions it is tried.</summary>
    private async Task<PasswordOutcome?> VerifyAsync(
        PortalDbContext context, User user, string password, SessionAsker asker, AuditOrigin origin, CancellationToken cancellationToken)
    {
        var key = FormattableString.Invariant($"password:{user.Id}");
        var (receipt, retryAfter) = limiter.TryCount((key, limit));
        if (receipt is null)
        {
            return new PasswordOutcome.Throttled(retryAfter);
        }

        try
        {
            if (await hashing.VerifyAsync(user.PasswordHash, password, cancellationToken) is not PasswordVerificationResult.Failed)
            {
                limiter.Forget(key);
                if (user.AccessFailedCount > 0)
                {
                    await WrongPasswords.ForgiveAsync(context, user.Id, evenTooMany: true, cancellationToken);
                }

                return null;
            }
        }
        catch (HashingQueueFullException full)
        {
            receipt.GiveBack();
            return new PasswordOutcome.Throttled(full.RetryAfter);
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var isMailed = await wrong.CountAsync(context, user.Id, origin, cancellationToken);
        await audit.AddAsync(context, Entry(AuditKind.ConfirmationFailed, asker, origin), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        if (isMailed)
        {
            outbox.Wake();
        }

        Log.Wrong(logger, user.Id);
        return new PasswordOutcome.Wrong();
    }

    /// <summary>Gives the session its new key together with what is added. False, with nothing changed, when it or its user is gone.</summary>
    private static async Task<bool> TryRenewKeyAsync(HttpContext http, Func<PortalDbContext, UserSession, CancellationToken, Task> alongside)
    {
        try
        {
            await http.RenewSessionKeyAsync(alongside);
            return true;
        }
        catch (InactiveUserException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} changed their password; {Count} other sessions ended.")]
        public static partial void Changed(ILogger logger, long userId, int count);

        [LoggerMessage(2, LogLevel.Information, "User {UserId} was asked for their password in a running session and gave a wrong one.")]
        public static partial void Wrong(ILogger logger, long userId);
    }
}
