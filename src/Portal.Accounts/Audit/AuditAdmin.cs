using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Audit;

/// <summary>Reads the chain page by page, so that neither memory nor a long read grows with the log.</summary>
internal sealed class AuditAdmin(IDbContextFactory<PortalDbContext> contexts, AuditChain chain) : IAuditAdmin
{
    private const int PageSize = 1000;

    public async Task<AuditVerification> VerifyAsync(AuditHead? expected, Action<long>? progress, CancellationToken cancellationToken)
    {
        var verifier = new AuditVerifier(expected);
        await ReadChainAsync(new AuditFilter(), (place, row) =>
        {
            if (row is not null)
            {
                verifier.Look(row);
            }
            else
            {
                verifier.LookAtUnreadable(place.Id, place.Position);
            }

            return ValueTask.CompletedTask;
        }, progress, cancellationToken);
        return verifier.Finish();
    }

    public async Task<long> ExportAsync(Stream output, AuditFilter? filter, Action<long>? progress, CancellationToken cancellationToken)
    {
        var total = await ReadChainAsync(
            filter ?? new AuditFilter(),
            (place, row) => output.WriteAsync(
                AuditLine.Of(row ?? throw new InvalidDataException($"Row {place.Id} cannot be read; verifying the log says more.")), cancellationToken),
            progress,
            cancellationToken);
        await output.FlushAsync(cancellationToken);
        return total;
    }

    /// <summary>Links what is not linked, then hands out the rows in the order of the chain; null for one that cannot be read. Returns how many.</summary>
    private async Task<long> ReadChainAsync(AuditFilter filter, Func<Place, AuditEvent?, ValueTask> look, Action<long>? progress, CancellationToken cancellationToken)
    {
        await chain.LinkAsync(cancellationToken);
        var total = 0L;
        var behind = new Place(long.MinValue, long.MinValue);
        IReadOnlyList<(Place Place, AuditEvent? Row)> page;
        do
        {
            page = await PageAsync(behind, filter, cancellationToken);
            foreach (var (place, row) in page)
            {
                await look(place, row);
                behind = place;
            }

            total += page.Count;
            progress?.Invoke(total);
        }
        while (page.Count == PageSize);

        return total;
    }

    private async Task<IReadOnlyList<(Place Place, AuditEvent? Row)>> PageAsync(Place behind, AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (position, id) = behind;
        // By id too: two rows at one place, which the index would not let in, are both seen.
        var rows = context.AuditEvents.AsNoTracking().Matching(filter)
            .Where(row => row.Position >= position && (row.Position > position || row.Id > id))
            .OrderBy(row => row.Position).ThenBy(row => row.Id)
            .Take(PageSize);
        if (await TryReadAsync(rows, cancellationToken) is { } read)
        {
            return [.. read.Select(row => (new Place(row.Position!.Value, row.Id), (AuditEvent?)row))];
        }

        // One by one, to find out which.
        List<(Place, AuditEvent?)> page = [];
        foreach (var place in await rows.Select(row => new Place(row.Position!.Value, row.Id)).ToListAsync(cancellationToken))
        {
            var one = await TryReadAsync(context.AuditEvents.AsNoTracking().Where(row => row.Id == place.Id), cancellationToken);
            page.Add((place, one?.SingleOrDefault()));
        }

        return page;
    }

    /// <summary>Null when a column holds what cannot be turned into what it should be. What the database itself refuses is thrown.</summary>
    private static async Task<List<AuditEvent>?> TryReadAsync(IQueryable<AuditEvent> rows, CancellationToken cancellationToken)
    {
        try
        {
            return await rows.ToListAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or DbException) and not { InnerException: DbException })
        {
            return null;
        }
    }

    private sealed record Place(long Position, long Id);
}
