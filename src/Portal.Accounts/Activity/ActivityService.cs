using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Activity;

internal sealed class ActivityService(IDbContextFactory<PortalDbContext> contexts, SessionEnder ender, AccountEvents events, AuditLog audit, Intrusion intrusion, RecentAuthentication recent, Outbox outbox) : IActivityService
{
    private const int MaxSize = 100;

    public async Task<ActivityList> ListAsync(
        ClaimsPrincipal person, IReadOnlyCollection<AuditKind>? kinds, long? before, int size, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return new ActivityList([], null);
        }

        size = Math.Clamp(size, 1, MaxSize);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.AuditEvents.AsNoTracking().Where(row => row.SubjectId == asker.UserId
            && context.Sessions.Any(session => session.Id == asker.SessionId && session.UserId == asker.UserId && session.EndedAt == null));
        if (kinds is not null)
        {
            List<string> names = [.. kinds.Select(kind => kind.ToName())];
            rows = rows.Where(row => names.Contains(row.Kind));
        }

        if (before is not null)
        {
            rows = rows.Where(row => row.Id < before);
        }

        // One more than asked for tells whether there is more.
        var found = await rows.OrderByDescending(row => row.Id).Take(size + 1).ToListAsync(cancellationToken);
        return new ActivityList(
            [.. found.Take(size).Select(row => InfoOf(row, asker))],
            found.Count > size ? found[size - 1].Id : null);
    }

    public async Task<NotMeOutcome> ReportAsync(ClaimsPrincipal person, long eventId, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return NotMeOutcome.NotFound;
        }

        if (person.IsImpersonated())
        {
            return NotMeOutcome.Impersonating;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Takes the user's row for this transaction, so that of two sessions that report each other one stays.
        await context.Users.TakeAsync(asker.UserId, cancellationToken);
        var isLive = await context.Sessions.AnyAsync(
            session => session.Id == asker.SessionId && session.UserId == asker.UserId && session.EndedAt == null, cancellationToken);
        var row = await context.AuditEvents.AsNoTracking()
            .SingleOrDefaultAsync(found => found.Id == eventId && found.SubjectId == asker.UserId, cancellationToken);
        if (!isLive || row is null || InfoOf(row, asker) is not { CanBeReported: true } reported)
        {
            return NotMeOutcome.NotFound;
        }

        // Before anything: whoever is at a stolen session must not end the owner's. Last, so that nobody proves who they are for
        // something that is refused afterwards.
        if (!await recent.IsRecentAsync(context, asker, cancellationToken))
        {
            return NotMeOutcome.NeedsRecentAuthentication;
        }

        var report = new AuditEntry(AuditKind.ReportedNotMe, asker.UserId) { ActorId = asker.UserId, SessionId = asker.SessionId };
        var (ended, removed, address) = await intrusion.UndoAsync(
            context, report, asker.UserId, reported.SessionId ?? await FormerAddress.SessionOfAsync(context, row, cancellationToken), cancellationToken);
        await audit.AddAsync(context, report with
        {
            Details = new Dictionary<string, object?> { ["event"] = reported.Id, ["kind"] = reported.KindName, ["removed"] = removed },
        }, cancellationToken);
        var changed = new AccountEvent.UserChanged(asker.UserId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        events.Publish(changed);
        var count = ender.Announce(ended);
        return address is AddressReturn.Refused ? NotMeOutcome.AddressLost : count > 0 ? NotMeOutcome.SessionEnded : NotMeOutcome.Noted;
    }

    private static ActivityInfo InfoOf(AuditEvent row, SessionAsker asker)
    {
        var info = new ActivityInfo { Id = row.Id, At = row.At, KindName = row.Kind };
        var details = AuditDetails.Read(row.Details);
        // Out of the details in any case: what is left there says what was done, not from where.
        var (browser, os, country) = (details.Take("browser"), details.Take("os"), details.Take("country"));
        // Who it was is for operators.
        details.Remove("impersonator");
        return row.ActorId is { } actor && actor != asker.UserId
            ? info with { IsByAnother = true, Details = details }
            : info with
            {
                IsByYou = row.ActorId is not null,
                SessionId = row.SessionId,
                IsCurrentSession = row.SessionId == asker.SessionId,
                Ip = row.Ip,
                Country = country,
                Browser = browser,
                Os = os,
                Details = details,
            };
    }
}
