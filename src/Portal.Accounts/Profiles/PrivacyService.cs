using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Profiles;

internal sealed partial class PrivacyService(
    IDbContextFactory<PortalDbContext> contexts,
    AccountExport export,
    AccountDeletion deletion,
    RecentAuthentication recent,
    AttemptLimiter limiter,
    AuditLog audit,
    TimeProvider time,
    IOptions<RateLimitsOptions> limits,
    ILogger<PrivacyService> logger) : IPrivacyService
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.Export)!;

    public async Task<bool> NeedsRecentAuthenticationAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return true;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return !await recent.IsRecentAsync(context, asker, cancellationToken);
    }

    public TimeSpan? ExportRetryAfter(ClaimsPrincipal person) =>
        person.UserId() is { } userId && limiter.WaitFor(KeyOf(userId), limit) is var wait && wait > TimeSpan.Zero ? wait : null;

    public async Task<ExportOutcome> ExportAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return new ExportOutcome.Gone();
        }

        if (person.IsImpersonated())
        {
            return new ExportOutcome.Impersonating();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await OwnAccount.Of(context, asker).TakeAsync(cancellationToken))
        {
            return new ExportOutcome.Gone();
        }

        if (!await recent.IsRecentAsync(context, asker, cancellationToken))
        {
            return new ExportOutcome.NeedsRecentAuthentication();
        }

        var (receipt, retryAfter) = limiter.TryCount((KeyOf(asker.UserId), limit));
        if (receipt is null)
        {
            return new ExportOutcome.Throttled(retryAfter);
        }

        // Noted before the first byte leaves: a download that breaks off has taken something along too.
        await audit.AddAsync(
            context, new AuditEntry(AuditKind.DataExported, asker.UserId) { ActorId = asker.UserId, SessionId = asker.SessionId }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        Log.Exported(logger, asker.UserId);
        return new ExportOutcome.Ready(
            string.Create(CultureInfo.InvariantCulture, $"my-account-{time.GetUtcNow():yyyy-MM-dd}.json"),
            (target, cancellation) => export.WriteAsync(asker, target, cancellation));
    }

    public Task<DeletionOutcome> DeleteAsync(ClaimsPrincipal person, string typedEmail, CancellationToken cancellationToken) =>
        person.IsImpersonated() ? Task.FromResult<DeletionOutcome>(new DeletionOutcome.Impersonating())
        : SessionAsker.Of(person) is { } asker
            ? deletion.DeleteAsync(asker, typedEmail, cancellationToken)
            : Task.FromResult<DeletionOutcome>(new DeletionOutcome.Gone());

    private static string KeyOf(long userId) => $"export:{userId}";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} exported what is held about them.")]
        public static partial void Exported(ILogger logger, long userId);
    }
}
