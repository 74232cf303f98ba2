using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.SignIn;

internal sealed partial class NotMeService(
    IDbContextFactory<PortalDbContext> contexts,
    OneTimeLinks links,
    SessionInfos sessions,
    SessionEnder ender,
    AuditLog audit,
    Intrusion intrusion,
    AccountEvents events,
    Outbox outbox,
    RequestOrigins origins,
    ILogger<NotMeService> logger) : INotMeService
{
    public async Task<NotMeLink> FindAsync(long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (status, sessionId) = await links.FindAsync(context, OneTimeTokenPurpose.NotMe, userId, token, cancellationToken);
        return status is OneTimeLinkStatus.Usable
            ? new NotMeLink(status, await sessions.FindAsync(sessionId!, cancellationToken))
            : new NotMeLink(status, null);
    }

    public async Task<NotMeLink> EndSessionAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Users.TakeAsync(userId, cancellationToken);
        var (status, sessionId) = await links.FindAsync(context, OneTimeTokenPurpose.NotMe, userId, token, cancellationToken);
        if (status is not OneTimeLinkStatus.Usable)
        {
            return new NotMeLink(status, null);
        }

        if (!await links.UseAsync(context, OneTimeTokenPurpose.NotMe, userId, sessionId, token!, cancellationToken))
        {
            // Another request used it up.
            return new NotMeLink(OneTimeLinkStatus.Used, null);
        }

        var report = new AuditEntry(AuditKind.ReportedNotMe, userId) { ActorId = userId, Origin = origins.Of(http) };
        // Who reads the person's mail has proved enough to choose a new password, too.
        var (ended, removed, address) = await intrusion.UndoAsync(context, report, userId, sessionId, cancellationToken);
        await audit.AddAsync(context, report with
        {
            Details = new Dictionary<string, object?> { ["session"] = sessionId, ["ended"] = ended.Count > 0, ["removed"] = removed },
        }, cancellationToken);
        var changed = new AccountEvent.UserChanged(userId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        events.Publish(changed);
        ender.Announce(ended);
        Log.Reported(logger, userId, sessionId!);
        return new NotMeLink(status, await sessions.FindAsync(sessionId!, CancellationToken.None)) { Address = address };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "User {UserId} reported session {SessionId} as not theirs.")]
        public static partial void Reported(ILogger logger, long userId, string sessionId);
    }
}
