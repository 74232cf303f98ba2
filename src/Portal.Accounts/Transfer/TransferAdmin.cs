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
    IndexLock indexLock,
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
        // Taken with the lists' indexes out of the way. A second import meanwhile leaves them to the first.
        IDisposable? indexes = null;
        long done = 0;
        var far = new ImportProgress(0, null);
        try
        {
            await foreach (var batch in lines.InBatches(FileBatches.MaxLines, FileBatches.MaxLength, cancellationToken))
            {
                var checkedLines = Check(batch, request);
                // What was read of people is done with, and need not be kept until they are written.
                Array.Clear(batch);
                await written;
                if (isFilled && indexes is null && run.Imported >= FewPeople && (indexes = indexLock.TryTake()) is not null)
                {
                    await context.DeferIndexesAsync(cancellationToken);
                }

                far = new ImportProgress(done, input is { CanSeek: true, Length: > 0 } ? (double)input.Position / input.Length : null);
                request.Progress?.Invoke(far);
                written = WriteAsync(context, run, checkedLines, cancellationToken);
                done = checkedLines[^1].Number;
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
                using (indexes)
                {
                    await EndAsync(context, run, indexes is null ? null : far with { Lines = done, IsIndexing = true });
                }
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
    private async Task EndAsync(PortalDbContext context, ImportRun run, ImportProgress? indexing)
    {
        try
        {
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

    private async Task WriteAsync(PortalDbContext context, ImportRun run, CheckedLine[] batch, CancellationToken cancellationToken)
    {
        // Most files hold nobody who is there, which one who is shows soon enough.
        var looksUp = run.MetPeople || !context.RefusesSooner || run.Request is { IsDryRun: true } or { CreatesRoles: true } or { KeepsIds: true }
            || batch.Any(line => line.Record is not null);
        if (!await TryWriteAsync(context, run, batch, looksUp, cancellationToken))
        {
            await TryWriteAsync(context, run, batch, looksUp: true, cancellationToken);
        }

        run.Settle();
    }

    private async Task<bool> TryWriteAsync(PortalDbContext context, ImportRun run, CheckedLine[] batch, bool looksUp, CancellationToken cancellationToken)
    {
        await Task.Delay(WriterPatience.Gap, cancellationToken);
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        foreach (var (line, _, record, _) in batch.Where(line => line.Record is not null))
        {
            await decisions.AddAsync(context, run, line, record!, cancellationToken);
        }

        List<(long Line, ImportedUser User)> users = [.. batch.Where(line => line.User is not null).Select(line => (line.Number, line.User!))];
        if (!await writing.WriteAsync(context, run, users, looksUp, cancellationToken))
        {
            return false;
        }

        foreach (var (line, _, _, fault) in batch.Where(line => line.Fault is not null))
        {
            run.Refuse(line, fault!);
        }

        if (run.Request.IsDryRun)
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
        else
        {
            await transaction.CommitAsync(CancellationToken.None);
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "An import took in {Imported} people; {AlreadyThere} were there already, {Refused} lines were refused.")]
        public static partial void Imported(ILogger logger, long imported, long alreadyThere, long refused);

        [LoggerMessage(2, LogLevel.Warning, "The indexes of lists could not be made: lists are slow until the next start makes them.")]
        public static partial void NotIndexed(ILogger logger, Exception exception);
    }
}
