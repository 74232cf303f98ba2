using Microsoft.AspNetCore.Http;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn;

/// <summary>Writes sign-ins that failed into the log of security events. What was typed as name is never written: it may have been a password.</summary>
/// <remarks>An unknown name costs the same work as a known one, row and hint included: time must not tell them apart.</remarks>
internal sealed class FailedSignIns(
    AuditLog audit, RequestOrigins origins, AccountEvents events, AttemptLimiter limiter, WrongPasswords wrong, Outbox outbox)
{
    private const long Nobody = 0;

    /// <summary>One that was looked at and refused.</summary>
    /// <param name="context">Saved here; nothing else may wait in it.</param>
    /// <param name="http">The request.</param>
    /// <param name="userId">Whose name it was; null for an unknown one.</param>
    /// <param name="method">How they tried: RFC 8176 values.</param>
    /// <param name="reason">Why: <c>rejected</c> for an unknown name and a wrong password alike, else what keeps the account from signing in.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    public Task AddAsync(PortalDbContext context, HttpContext http, long? userId, string method, string reason, CancellationToken cancellationToken) =>
        SaveAsync(context, http, AuditKind.SignInFailed, userId, new() { ["method"] = method, ["reason"] = reason }, cancellationToken);

    /// <summary>A wrong password, which is counted in the account's row too; whose name it was costs the same statements.</summary>
    /// <param name="context">Saved here; nothing else may wait in it.</param>
    /// <param name="http">The request.</param>
    /// <param name="userId">Whose name it was; null for an unknown one.</param>
    /// <param name="isCompared">False where too many were wrong before, so that the password was not looked at.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    public async Task AddPasswordAsync(PortalDbContext context, HttpContext http, long? userId, bool isCompared, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var isMailed = await wrong.CountAsync(context, userId, origins.Of(http), cancellationToken);
        await WriteAsync(
            context, http, AuditKind.SignInFailed, userId, new() { ["method"] = SessionMethods.Password, ["reason"] = isCompared ? "rejected" : "guessed" }, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(new AccountEvent.SignInFailed(userId ?? Nobody));
        if (isMailed)
        {
            outbox.Wake();
        }
    }

    /// <summary>One that was refused unlooked at: told once in the window of the limit that is reached, however many follow.</summary>
    /// <param name="context">Saved here; nothing else may wait in it.</param>
    /// <param name="http">The request.</param>
    /// <param name="userId">Whose name it was; null for an unknown one.</param>
    /// <param name="counted">What was counted: the name or the browser first, then, for strangers, the whole address; for nobody the address alone. Where that one is reached, the event is nobody's.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    public async Task AddThrottledAsync(
        PortalDbContext context, HttpContext http, long? userId, IReadOnlyList<(string Key, RateLimit Limit)> counted, CancellationToken cancellationToken)
    {
        var reached = counted.LastOrDefault(count => limiter.IsReached(count.Key, count.Limit), counted[0]);
        var isAddress = counted.Count == 1 ? userId is null : reached.Key != counted[0].Key;
        if (limiter.TryCount(($"{reached.Key}:told", new RateLimit(1, reached.Limit.Window))).Receipt is not null)
        {
            await SaveAsync(
                context, http, AuditKind.SignInThrottled, isAddress ? null : userId, new() { ["reason"] = isAddress ? "address" : "name" }, cancellationToken);
        }
    }

    private async Task SaveAsync(
        PortalDbContext context, HttpContext http, AuditKind kind, long? userId, Dictionary<string, object?> details, CancellationToken cancellationToken)
    {
        await WriteAsync(context, http, kind, userId, details, cancellationToken);
        events.Publish(new AccountEvent.SignInFailed(userId ?? Nobody));
    }

    private async Task WriteAsync(
        PortalDbContext context, HttpContext http, AuditKind kind, long? userId, Dictionary<string, object?> details, CancellationToken cancellationToken)
    {
        await audit.AddAsync(context, new AuditEntry(kind, userId) { Origin = origins.Of(http), Details = details }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }
}
