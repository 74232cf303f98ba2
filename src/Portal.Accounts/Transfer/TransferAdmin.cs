using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Passwords;

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

    /// <summary>One processor is left to whoever writes the batch before, unless checking is what takes the time.</summary>
    private static readonly ParallelOptions BesideWriting = new() { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount - 1) };

    public async Task<ImportOutcome> ImportAsync(Stream input, ImportRequest request, CancellationToken cancellationToken)
    {
        var run = new ImportRun(request);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.MakeRoomAsync(cancellationToken);
        if (!request.IsDryRun)
        {
            await NoteAsync(AuditKind.BatchStarted, "action", "Import", cancellationToken, run.Batch);
        }

        var lines = request.Format is TransferFormat.Csv ? CsvFile.ReadAsync(input, cancellationToken) : JsonLinesFile.ReadAsync(input, cancellationToken);
        // The next batch is read and checked while the last one is written.
        var written = Task.CompletedTask;
        var isFilled = !request.IsDryRun && await context.Users.Take(FewPeople + 1).CountAsync(cancellationToken) <= FewPeople;
        // A second import meanwhile leaves the indexes to the first.
        using var held = request.IsDryRun ? null : importLock.TryTake();
        var isDeferred = false;
        var transaction = new ImportTransaction(context, run, decisions, writing, held, time);
        long done = 0;
        var far = new ImportProgress(0, null);
        try
        {
            await foreach (var batch in lines.InBatches(FileBatches.MaxLines, FileBatches.MaxLength, cancellationToken))
            {
                var next = new CheckedBatch(Check(batch, request), batch.Sum(line => line.Length));
                // What was read of people is done with, and need not be kept until they are written.
                Array.Clear(batch);
                await written;
                if (isFilled && !isDeferred && held is not null && run.Imported >= FewPeople)
                {
                    await transaction.CommitAsync();
                    await context.DeferIndexesAsync(cancellationToken);
                    isDeferred = true;
                }

                far = new ImportProgress(done, input is { CanSeek: true, Length: > 0 } ? (double)input.Position / input.Length : null);
                request.Progress?.Invoke(far);
                // SQLite has nothing to wait for: begun here, it would be done before the next batch is read.
                written = Task.Run(() => transaction.WriteAsync(next, cancellationToken), CancellationToken.None);
                done = next.Lines[^1].Number;
            }
        }
        finally
        {
            try
            {
                await written;
            }
            finally
            {
                await EndAsync(context, run, transaction, isDeferred ? far with { Lines = done, IsIndexing = true } : null);
            }
        }

        Log.Imported(logger, run.Imported, run.AlreadyThere, run.Refused);
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

    private CheckedLine[] Check(FileLine[] batch, ImportRequest request)
    {
        var lines = new CheckedLine[batch.Length];
        var takesTime = !request.IsDryRun && batch.Any(line => line.Record is UserRecord { Password: { } hash } && PasswordHashing.TakesTime(hash));
        Parallel.For(0, batch.Length, takesTime ? new ParallelOptions() : BesideWriting, index => lines[index] = Check(batch[index], request));
        return lines;
    }

    private CheckedLine Check(FileLine line, ImportRequest request)
    {
        if (line.Record is not UserRecord record)
        {
            return new CheckedLine(line.Number, null, line.Record, line.Fault);
        }

        var (user, fault) = reading.Read(record, request);
        return new CheckedLine(line.Number, user, null, fault);
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
    private async Task EndAsync(PortalDbContext context, ImportRun run, ImportTransaction transaction, ImportProgress? indexing)
    {
        try
        {
            await transaction.DisposeAsync();
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
            finally
            {
                run.Request.Ended?.Invoke(run.Outcome);
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
