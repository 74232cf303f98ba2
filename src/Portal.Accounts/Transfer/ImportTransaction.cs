using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

/// <summary>Writes the batches of one import, as many of them in a transaction as nobody has to wait for.</summary>
/// <remarks>
/// People in no order touch a page of their own in every unique index. Of a batch hardly two touch the same, of many batches
/// most do, and a page is written once a transaction. So batches share one while nobody else wants to write, which only
/// whoever has the <see cref="ImportLock"/> hears of, and while the next is at hand: nobody waits for a file to be read, checked
/// or told of.
/// </remarks>
internal sealed class ImportTransaction(
    PortalDbContext context, ImportRun run, ImportDecisions decisions, ImportWriting writing, ImportLock.Held? held, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Who waits and cannot tell, such as another program, waits no longer. By then most pages were touched.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>With so much of the file in memory, which is kept to write it once more where somebody was there, no batch more shares it.</summary>
    private const long MaxLength = 2 * FileBatches.MaxLength;

    /// <summary>The next batch comes sooner, or is not at hand.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<CheckedBatch> _batches = [];
    private IDbContextTransaction? _transaction;
    private ExceptionDispatchInfo? _failed;
    private long _begunAt;
    private long _turns;
    private bool _isWhole = true;
    private bool _isUnsettled;
    private bool _metPeople;

    private bool IsDue =>
        held is null || _metPeople || time.GetElapsedTime(_begunAt) >= Longest || _batches.Sum(batch => batch.Length) >= MaxLength || held.IsAwaited();

    /// <summary>Writes a batch after those before it.</summary>
    public Task WriteAsync(CheckedBatch batch, CancellationToken cancellationToken) => TakeTurnAsync(() => WriteNextAsync(batch, cancellationToken));

    /// <summary>What was written stays, or in a dry run goes.</summary>
    public Task CommitAsync() => TakeTurnAsync(CommitNowAsync);

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
            await _turn.WaitAsync();
            if (_transaction is not null)
            {
                await RollBackAsync();
            }

            _turn.Release();
        }
    }

    private async Task TakeTurnAsync(Func<Task> act)
    {
        await _turn.WaitAsync();
        try
        {
            _failed?.Throw();
            _turns++;
            Settle();
            await act();
            if (_transaction is not null)
            {
                _ = CommitWhenIdleAsync(_turns);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Commits where no turn follows that one. What there is to tell of it is told at the next.</summary>
    private async Task CommitWhenIdleAsync(long turn)
    {
        await Task.Delay(Idle);
        await _turn.WaitAsync();
        try
        {
            if (_turns == turn && _transaction is not null)
            {
                await EndAsync(commits: true);
            }
        }
        catch (Exception exception)
        {
            _failed = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task WriteNextAsync(CheckedBatch batch, CancellationToken cancellationToken)
    {
        if (LooksUp(batch))
        {
            await CommitNowAsync();
            await WriteAloneAsync(batch, looksUp: true, cancellationToken);
        }
        else if (!await TryWriteAsync(batch, looksUp: false, cancellationToken))
        {
            // The others met nobody, and so again.
            CheckedBatch[] once = [.. _batches];
            await RollBackAsync();
            _metPeople = true;
            foreach (var again in once)
            {
                await WriteAloneAsync(again, looksUp: again == batch, cancellationToken);
            }
        }
        else if (IsDue)
        {
            await CommitNowAsync();
        }
    }

    /// <summary>Most files hold nobody who is there, which one who is shows soon enough.</summary>
    private bool LooksUp(CheckedBatch batch) =>
        run.MetPeople || !context.RefusesSooner || run.Request is { IsDryRun: true } or { CreatesRoles: true } or { KeepsIds: true }
        || batch.Lines.Any(line => line.Record is not null);

    private async Task WriteAloneAsync(CheckedBatch batch, bool looksUp, CancellationToken cancellationToken)
    {
        if (!await TryWriteAsync(batch, looksUp, cancellationToken))
        {
            await RollBackAsync();
            await TryWriteAsync(batch, looksUp: true, cancellationToken);
        }

        await CommitNowAsync();
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
            // Who waited for the last one is past.
            held?.IsAwaited();
        }
    }

    private async Task CommitNowAsync()
    {
        if (_transaction is not null)
        {
            await EndAsync(commits: true);
            Settle();
        }
    }

    private async Task RollBackAsync()
    {
        await EndAsync(commits: false);
        run.Unsettle();
    }

    private void Settle()
    {
        if (_isUnsettled)
        {
            _isUnsettled = false;
            run.Settle();
        }
    }

    private async Task EndAsync(bool commits)
    {
        if (commits)
        {
            _isWhole = false;
            await (run.Request.IsDryRun ? _transaction!.RollbackAsync(CancellationToken.None) : _transaction!.CommitAsync(CancellationToken.None));
            _isUnsettled = true;
        }

        var ended = _transaction;
        (_transaction, _isWhole) = (null, true);
        _batches.Clear();
        if (ended is not null)
        {
            await ended.DisposeAsync();
        }
    }
}
