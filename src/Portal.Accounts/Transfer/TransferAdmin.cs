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
    ILogger<TransferAdmin> logger) : ITransferAdmin
{
    /// <summary>Between two batches, so that whoever waits to write comes first.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

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
        long done = 0;
        try
        {
            await foreach (var batch in lines.InBatches(FileBatches.MaxLines, FileBatches.MaxLength, cancellationToken))
            {
                var users = Check(batch, request);
                await written;
                request.Progress?.Invoke(new ImportProgress(done, input is { CanSeek: true, Length: > 0 } ? (double)input.Position / input.Length : null));
                written = WriteAsync(context, run, batch, users, cancellationToken);
                done = batch[^1].Number;
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
                request.Ended?.Invoke(run.Outcome);
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

    /// <summary>On all processors: hashes of Invenio 1 take their time.</summary>
    private (ImportedUser? User, string? Fault)[] Check(FileLine[] batch, ImportRequest request)
    {
        var users = new (ImportedUser? User, string? Fault)[batch.Length];
        Parallel.For(0, batch.Length, index => users[index] = batch[index] switch
        {
            { Record: UserRecord record } => reading.Read(record, request),
            { Fault: { } fault } => (null, fault),
            _ => (null, null),
        });
        return users;
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

    private async Task WriteAsync(
        PortalDbContext context, ImportRun run, FileLine[] batch, (ImportedUser? User, string? Fault)[] checkedUsers, CancellationToken cancellationToken)
    {
        await Task.Delay(Pause, cancellationToken);
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        List<(long Line, ImportedUser User)> users = [];
        foreach (var (line, (user, fault)) in batch.Zip(checkedUsers))
        {
            if (fault is not null)
            {
                run.Refuse(line.Number, fault);
            }
            else if (user is not null)
            {
                users.Add((line.Number, user));
            }
            else
            {
                await decisions.AddAsync(context, run, line.Number, line.Record!, cancellationToken);
            }
        }

        await writing.WriteAsync(context, run, users, cancellationToken);
        if (run.Request.IsDryRun)
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
        else
        {
            await transaction.CommitAsync(CancellationToken.None);
        }

        run.Settle();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "An import took in {Imported} people; {AlreadyThere} were there already, {Refused} lines were refused.")]
        public static partial void Imported(ILogger logger, long imported, long alreadyThere, long refused);
    }
}
