using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

internal sealed partial class TransferAdmin(
    IDbContextFactory<PortalDbContext> contexts,
    UserReading reading,
    ImportDecisions decisions,
    ImportWriting writing,
    AccountExport export,
    DatabaseCopy copy,
    AuditLog audit,
    ImportLock importLock,
    TimeProvider time,
    ILogger<TransferAdmin> logger) : ITransferAdmin
{
    /// <summary>
    /// A portal of so few people that is about to have at least twice as many is being filled: its lists may be slow for that
    /// long. Fewer come as quickly with every index in place.
    /// </summary>
    private const int FewPeople = 10_000;

    /// <summary>A file that has no next batch for so long keeps nobody waiting.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMilliseconds(100);

    public async Task<ImportOutcome> ImportAsync(Stream input, ImportRequest request, CancellationToken cancellationToken)
    {
        var run = new ImportRun(request);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await context.MakeRoomAsync(cancellationToken);
            if (!request.IsDryRun)
            {
                await NoteAsync(AuditKind.BatchStarted, "action", "Import", cancellationToken, run.Batch);
            }

            await ImportAsync(context, run, input, cancellationToken);
        }
        finally
        {
            request.Ended?.Invoke(run.Outcome);
        }

        Log.Imported(logger, run.Outcome.Imported, run.Outcome.AlreadyThere, run.Outcome.Refused);
        return run.Outcome;
    }

    public async Task<long> ExportAsync(Stream output, ExportRequest request, CancellationToken cancellationToken)
    {
        await NoteAsync(AuditKind.DataExported, "what", request.WithSecrets ? "users, with second factors" : "users", cancellationToken);
        return await export.WriteAsync(output, request, cancellationToken);
    }

    public async Task<CopyOutcome> CopyAsync(DatabaseProvider provider, string connection, Action<string, long>? copied, CancellationToken cancellationToken)
    {
        await NoteAsync(AuditKind.DataExported, "what", "database", cancellationToken);
        return await copy.CopyAsync(provider, connection, copied, cancellationToken);
    }

    private async Task ImportAsync(PortalDbContext context, ImportRun run, Stream input, CancellationToken cancellationToken)
    {
        var isFilled = !run.Request.IsDryRun && await context.Users.Take(FewPeople + 1).CountAsync(cancellationToken) <= FewPeople;
        var batches = new CheckedBatches(reading, input, run.Request, cancellationToken);
        // A second import meanwhile leaves the indexes to the first.
        using var held = run.Request.IsDryRun ? null : importLock.TryTake();
        var transaction = new ImportTransaction(context, run, decisions, writing, held, time);
        var isDeferred = false;
        var far = new ImportProgress(0, input.CanSeek ? 0 : null);
        try
        {
            for (var next = batches.NextAsync(far); ;)
            {
                if (await Task.WhenAny(next, Task.Delay(IdleTimeout, time, CancellationToken.None)) != next)
                {
                    await transaction.CommitAsync();
                }

                if (await next is not { } batch)
                {
                    break;
                }

                if (isFilled && !isDeferred && held is not null && run.Imported >= FewPeople)
                {
                    await transaction.CommitAsync();
                    await context.DeferIndexesAsync(cancellationToken);
                    isDeferred = true;
                }

                next = batches.NextAsync(far);
                await transaction.WriteAsync(batch, cancellationToken);
                far = new ImportProgress(batch.Lines[^1].Number, batch.Fraction);
            }
        }
        finally
        {
            await EndAsync(context, run, batches, transaction, isDeferred ? far with { IsIndexing = true } : null);
        }
    }

    /// <summary>Before anything comes or goes.</summary>
    private async Task NoteAsync(AuditKind kind, string name, string value, CancellationToken cancellationToken, string? batch = null)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        Dictionary<string, object?> details = new() { [name] = value };
        if (batch is not null)
        {
            details["batch"] = batch;
        }

        await audit.AddAsync(context, new AuditEntry(kind, SubjectId: null) { Details = details }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>However it ends. What was imported stays imported, even if its indexes cannot be made now.</summary>
    private async Task EndAsync(PortalDbContext context, ImportRun run, CheckedBatches batches, ImportTransaction transaction, ImportProgress? indexing)
    {
        try
        {
            await using (batches)
            {
                await transaction.DisposeAsync();
            }

            if (indexing is not null)
            {
                run.Request.Progress?.Invoke(indexing);
            }
        }
        finally
        {
            try
            {
                if (indexing is not null)
                {
                    await context.BuildIndexesAsync(CancellationToken.None);
                }
            }
            catch (DbException exception)
            {
                Log.NotIndexed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "An import took in {Imported} people; {AlreadyThere} were there already, {Refused} lines were refused.")]
        public static partial void Imported(ILogger logger, long imported, long alreadyThere, long refused);

        [LoggerMessage(2, LogLevel.Warning, "The indexes of lists could not be made: lists are slow until the next start makes them.")]
        public static partial void NotIndexed(ILogger logger, Exception exception);
    }
}
