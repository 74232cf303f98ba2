using Portal.Accounts.Passwords;

namespace Portal.Accounts.Transfer;

/// <summary>The batches of a file, each read and checked beside whoever writes the one before.</summary>
internal sealed class CheckedBatches : IAsyncDisposable
{
    private readonly UserReading _reading;
    private readonly Stream _input;
    private readonly ImportRequest _request;
    private readonly CancellationTokenSource _stopping;
    private readonly IAsyncEnumerator<FileLine[]> _batches;
    private Task<CheckedBatch?> _next = Task.FromResult<CheckedBatch?>(null);

    public CheckedBatches(UserReading reading, Stream input, ImportRequest request, CancellationToken cancellationToken)
    {
        (_reading, _input, _request) = (reading, input, request);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = request.Format is TransferFormat.Csv ? CsvFile.ReadAsync(input, _stopping.Token) : JsonLinesFile.ReadAsync(input, _stopping.Token);
        _batches = lines.InBatches(FileBatches.MaxLines, FileBatches.MaxLength, FileBatches.MaxRows, _stopping.Token).GetAsyncEnumerator(_stopping.Token);
    }

    /// <summary>The next one, at work by itself at once; its task's result is null behind the last. Asked for when that of the one before is over.</summary>
    /// <param name="far">How far those before are written: told here, where nobody waits for who hears of it.</param>
    public Task<CheckedBatch?> NextAsync(ImportProgress far) => _next = Task.Run(() => ReadAsync(far));

    /// <summary>Reads no further, and waits for what is being read.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _batches.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task<CheckedBatch?> ReadAsync(ImportProgress far)
    {
        _request.Progress?.Invoke(far);
        if (!await _batches.MoveNextAsync())
        {
            return null;
        }

        var lines = _batches.Current;
        var batch = new CheckedBatch(Check(lines), lines.Sum(line => line.Length), _input is { CanSeek: true, Length: > 0 } ? (double)_input.Position / _input.Length : null);
        // What was read of people is done with, and need not be kept until they are written.
        Array.Clear(lines);
        return batch;
    }

    private CheckedLine[] Check(FileLine[] batch)
    {
        var lines = new CheckedLine[batch.Length];
        // One processor is left to whoever writes the batch before, unless checking is what takes the time.
        var takesTime = !_request.IsDryRun && batch.Any(line => line.Record is UserRecord { Password: { } hash } && PasswordHashing.TakesTime(hash));
        var options = new ParallelOptions { CancellationToken = _stopping.Token, MaxDegreeOfParallelism = takesTime ? -1 : Math.Max(1, Environment.ProcessorCount - 1) };
        Parallel.For(0, batch.Length, options, index => lines[index] = Check(batch[index]));
        return lines;
    }

    private CheckedLine Check(FileLine line)
    {
        if (line.Record is not UserRecord record)
        {
            return new CheckedLine(line.Number, null, line.Record, line.Fault);
        }

        var (user, fault) = _reading.Read(record, _request);
        return new CheckedLine(line.Number, user, null, fault);
    }
}
