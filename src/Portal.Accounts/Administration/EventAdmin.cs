using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

internal sealed class EventAdmin(
    IDbContextFactory<PortalDbContext> contexts, OperatorGuard guard, UserSearch search, AuditLog audit, TimeProvider time) : IEventAdmin
{
    private const int EventsAtOnce = 500;

    // The id twice: nothing else is sorted by.
    private static readonly Keyset<AuditEvent, long, long> Newest = new(row => row.Id, row => row.Id, isDescending: true);
    private static readonly Keyset<AuditEvent, DateTimeOffset, long> Latest = new(row => row.At, row => row.Id, isDescending: true);

    public async Task<ListPage<EventInfo>> ListAsync(AuditFilter filter, ListWindow? window, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (rows, total, isByTime) = await EventFilters.MatchAsync(context, filter, cancellationToken);
        var page = isByTime
            ? await Latest.ReadAsync(rows, window ?? new ListWindow(), total, cancellationToken)
            : await Newest.ReadAsync(rows, window ?? new ListWindow(), total, cancellationToken);
        return page.With(await EventRows.InfosAsync(context, page.Results, cancellationToken));
    }

    public async Task<EventInfo?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.AuditEvents.AsNoTracking().Where(row => row.Id == id).ToListAsync(cancellationToken);
        return (await EventRows.InfosAsync(context, rows, cancellationToken)).SingleOrDefault();
    }

    public async Task<EventPersonInfo?> FindPersonAsync(string person, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await search.FindAsync(context, person.Trim(), cancellationToken) is { } found ? new EventPersonInfo(found.Id, found.Email)
            : long.TryParse(person, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new EventPersonInfo(id, null)
            : null;
    }

    public async Task<EventExportOutcome> ExportAsync(AuditFilter filter, EventExportFormat format, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: true, cancellationToken) is { } refused)
        {
            return new EventExportOutcome.Refused(refused);
        }

        // What comes afterwards is left out: the export would otherwise chase a log that grows. Noted before the first byte
        // leaves: a download that breaks off has taken something along too.
        var last = await context.AuditEvents.MaxAsync(row => (long?)row.Id, cancellationToken) ?? 0;
        await audit.AddAsync(context, new AuditEntry(AuditKind.DataExported, SubjectId: null)
        {
            ActorId = by.UserId,
            SessionId = by.SessionId,
            Details = Describe(filter, format),
        }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);

        var (extension, type) = format is EventExportFormat.Csv ? ("csv", "text/csv; charset=utf-8") : ("jsonl", "application/jsonl");
        return new EventExportOutcome.Ready(
            string.Create(CultureInfo.InvariantCulture, $"security-events-{time.GetUtcNow():yyyy-MM-dd-HHmm}.{extension}"),
            type,
            (target, cancellation) => WriteAsync(target, filter, format, last, cancellation));
    }

    private async Task WriteAsync(Stream target, AuditFilter filter, EventExportFormat format, long last, CancellationToken cancellationToken)
    {
        await target.WriteAsync(EventFile.Beginning(format), cancellationToken);
        var after = 0L;
        IReadOnlyList<EventInfo> batch;
        do
        {
            await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
            {
                batch = await EventRows.InfosAsync(
                    context,
                    await context.AuditEvents.AsNoTracking().Matching(filter).Where(row => row.Id > after && row.Id <= last)
                        .OrderBy(row => row.Id).Take(EventsAtOnce).ToListAsync(cancellationToken),
                    cancellationToken);
            }

            // The connection is back before the receiver gets anything: it may be slow.
            await target.WriteAsync(EventFile.Piece(format, batch), cancellationToken);
            await target.FlushAsync(cancellationToken);
            after = batch.Count > 0 ? batch[^1].Id : after;
        }
        while (batch.Count == EventsAtOnce);
    }

    private static Dictionary<string, object?> Describe(AuditFilter filter, EventExportFormat format) => new Dictionary<string, object?>
    {
        ["what"] = "security-events",
        ["format"] = format is EventExportFormat.Csv ? "csv" : "jsonl",
        ["kinds"] = filter.Kinds?.Select(kind => kind.ToName()),
        ["subject"] = filter.SubjectId,
        ["actor"] = filter.ActorId,
        ["from"] = filter.From,
        ["to"] = filter.To,
        // Which address was asked for is personal and would outlive its retention here.
        ["by_address"] = filter.Address is null ? null : true,
    }.Where(detail => detail.Value is not null).ToDictionary();
}
