using Microsoft.EntityFrameworkCore.Storage;
using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

/// <summary>Writes the batches of one import, as many of them in a transaction as nobody has to wait for.</summary>
/// <remarks>
/// People in no order touch a page of their own in every unique index. Of a batch hardly two touch the same, of many batches
/// most do, and a page is written once a transaction. So batches share one while nobody else wants to write, which only
/// whoever has the <see cref="ImportLock"/> hears of. Whoever has no next batch at hand commits: nobody waits for a file.
/// For one caller at a time.
/// </remarks>
internal sealed class ImportTransaction(
    PortalDbContext context, ImportRun run, ImportDecisions decisions, ImportWriting writing, ImportLock.Held? held, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Who waits and cannot tell, such as another program, waits no longer, but for a batch. By then most pages were touched.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(2);

    /// <summary>With so much of the file in memory, which is kept to write it once more where somebody was there, no batch more shares it.</summary>
    private const long MaxLength = 2 * FileBatches.MaxLength;

    private readonly List<CheckedBatch> _batches = [];
    private IDbContextTransaction? _transaction;
    private long _begunAt;

    /// <summary>Whether what is written is whole batches.</summary>
    private bool _isWhole = true;

    /// <summary>Until somebody was met in one: what met one mostly meets more.</summary>
    private bool _isShared = true;

    /// <summary>Writes a batch after those before it.</summary>
    public async Task WriteAsync(CheckedBatch batch, CancellationToken cancellationToken)
    {
        if (LooksUp(batch))
        {
            await CommitAsync();
            await WriteAloneAsync(batch, looksUp: true, cancellationToken);
        }
        else if (!await TryWriteAsync(batch, looksUp: false, cancellationToken))
        {
            CheckedBatch[] once = [.. _batches];
            await RollBackAsync();
            _isShared = false;
            foreach (var again in once)
            {
                // It was written before: whoever stops the import keeps it. And none but the last met anybody.
                await WriteAloneAsync(again, looksUp: ReferenceEquals(again, batch), CancellationToken.None);
            }
        }
        else if (IsDue())
        {
            await CommitAsync();
        }
    }

    /// <summary>What was written stays, or in a dry run goes.</summary>
    public async Task CommitAsync()
    {
        if (_transaction is null)
        {
            return;
        }

        _isWhole = false;
        await (run.Request.IsDryRun ? _transaction.RollbackAsync(CancellationToken.None) : _transaction.CommitAsync(CancellationToken.None));
        await EndAsync();
        run.Settle();
    }

    /// <summary>Whole batches stay. What broke off goes with those that shared its transaction.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_isWhole)
            {
                await CommitAsync();
            }
        }
        finally
        {
            await RollBackAsync();
        }
    }

    /// <summary>Most files hold nobody who is there, which one who is shows soon enough.</summary>
    private bool LooksUp(CheckedBatch batch) =>
        run.MetPeople || !context.RefusesSooner || run.Request is { IsDryRun: true } or { CreatesRoles: true } or { KeepsIds: true }
        || batch.Lines.Any(line => line.Record is not null);

    /// <summary>Whether it holds enough, or somebody waits.</summary>
    private bool IsDue() => held is null || !_isShared || _batches.Sum(batch => batch.Length) >= MaxLength || IsLong();

    private bool IsLong() => time.GetElapsedTime(_begunAt) >= MaxDuration || held?.IsAwaited() == true;

    private async Task WriteAloneAsync(CheckedBatch batch, bool looksUp, CancellationToken cancellationToken)
    {
        if (!await TryWriteAsync(batch, looksUp, cancellationToken))
        {
            await RollBackAsync();
            await TryWriteAsync(batch, looksUp: true, CancellationToken.None);
        }

        await CommitAsync();
    }

    private async Task<bool> TryWriteAsync(CheckedBatch batch, bool looksUp, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await BeginAsync(cancellationToken);
        // Begun is written: whoever stops an import keeps what shares its transaction.
        _isWhole = false;
        _batches.Add(batch);
        context.ChangeTracker.Clear();
        foreach (var (line, _, record, _) in batch.Lines.Where(line => line.Record is not null))
        {
            await decisions.AddAsync(context, run, line, record!, CancellationToken.None);
            context.ChangeTracker.Clear();
            if (IsLong())
            {
                // Each looks at what is there, and a batch of them takes a minute. Each also stands by itself.
                await CommitAsync();
                await BeginAsync(CancellationToken.None);
                _isWhole = false;
            }
        }

        List<(long Line, ImportedUser User)> users = [.. batch.Lines.Where(line => line.User is not null).Select(line => (line.Number, line.User!))];
        if (!await writing.WriteAsync(context, run, users, looksUp, CancellationToken.None))
        {
            return false;
        }

        foreach (var (line, _, _, fault) in batch.Lines.Where(line => line.Fault is not null))
        {
            run.Refuse(line, fault!);
        }

        _isWhole = true;
        return true;
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_transaction is null)
        {
            await Task.Delay(WriterPatience.Gap, cancellationToken);
            _transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            _begunAt = time.GetTimestamp();
            // Who waited for the last one is past; and who waited for this one to begin is who imports.
            held?.IsAwaited();
        }
    }

    private async Task RollBackAsync()
    {
        if (_transaction is not null)
        {
            run.Unsettle();
            await EndAsync();
        }
    }

    private async Task EndAsync()
    {
        var ended = _transaction!;
        (_transaction, _isWhole) = (null, true);
        _batches.Clear();
        // Rolls back what was not committed.
        await ended.DisposeAsync();
    }
}
