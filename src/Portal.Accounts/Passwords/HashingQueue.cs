using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Passwords;

/// <summary>
/// Hashes on threads of its own, so that a flood of sign-ins takes neither the thread pool from the open pages nor
/// more memory than the queue's length.
/// </summary>
/// <remarks>
/// A job waits, runs and is done. <see cref="EnqueueAsync"/> adds it at the end; a hashing thread takes the first;
/// its caller's cancellation takes it out of the line, which frees its place at once, but does not stop one that runs;
/// <see cref="Dispose"/> cancels all that wait and lets the running ones finish. Whoever takes a job out of
/// <c>_waiting</c>, under the lock on it, is the only one to complete it. Completion never runs the caller's
/// continuation on a hashing thread.
/// </remarks>
internal sealed class HashingQueue : IDisposable
{
    private readonly PasswordHashing _hashing;
    private readonly int _maxWaiting;
    private readonly LinkedList<Job> _waiting = new();
    private readonly Thread[] _threads;
    private bool _closed;

    public HashingQueue(PasswordHashing hashing, IOptions<PasswordsOptions> options)
    {
        _hashing = hashing;
        _maxWaiting = options.Value.MaximumQueueLength;
        var count = options.Value.HashingThreads > 0 ? options.Value.HashingThreads : Environment.ProcessorCount;
        _threads = new Thread[count];
        for (var i = 0; i < count; i++)
        {
            _threads[i] = new Thread(Work)
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"Password hashing {i + 1}"),
                IsBackground = true,
                // Where the system honours it, requests come before hashes.
                Priority = ThreadPriority.BelowNormal,
            };
            _threads[i].Start();
        }
    }

    /// <summary>How many jobs wait for a thread.</summary>
    public int Waiting
    {
        get
        {
            lock (_waiting)
            {
                return _waiting.Count;
            }
        }
    }

    /// <inheritdoc cref="EnqueueAsync"/>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        EnqueueAsync(() => _hashing.Hash(password), cancellationToken);

    /// <summary>Fails after the same time when <paramref name="hash"/> is null, for somebody who does not exist or has no password.</summary>
    /// <inheritdoc cref="EnqueueAsync"/>
    public Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) =>
        EnqueueAsync(() => _hashing.Verify(hash, password), cancellationToken);

    /// <exception cref="HashingQueueFullException">As many jobs wait as may.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while it waited, or the server is stopping.</exception>
    /// <exception cref="ObjectDisposedException">The server has stopped.</exception>
    internal async Task<T> EnqueueAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = new Job<T>(work);
        lock (_waiting)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_waiting.Count >= _maxWaiting)
            {
                throw new HashingQueueFullException();
            }

            _waiting.AddLast(job.Place);
            Monitor.Pulse(_waiting);
        }

        using (cancellationToken.UnsafeRegister(_ => Withdraw(job, cancellationToken), null))
        {
            return await job.Completion;
        }
    }

    public void Dispose()
    {
        Job[] dropped;
        lock (_waiting)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            dropped = [.. _waiting];
            _waiting.Clear();
            Monitor.PulseAll(_waiting);
        }

        foreach (var job in dropped)
        {
            job.Cancel(new CancellationToken(canceled: true));
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private void Withdraw(Job job, CancellationToken cancellationToken)
    {
        lock (_waiting)
        {
            if (job.Place.List is null)
            {
                return;
            }

            _waiting.Remove(job.Place);
        }

        job.Cancel(cancellationToken);
    }

    private void Work()
    {
        while (TakeFirst() is { } job)
        {
            job.Run();
        }
    }

    private Job? TakeFirst()
    {
        lock (_waiting)
        {
            while (_waiting.First is null)
            {
                if (_closed)
                {
                    return null;
                }

                Monitor.Wait(_waiting);
            }

            var job = _waiting.First.Value;
            _waiting.RemoveFirst();
            return job;
        }
    }

    private abstract class Job
    {
        protected Job() => Place = new LinkedListNode<Job>(this);

        public LinkedListNode<Job> Place { get; }

        public abstract void Run();

        public abstract void Cancel(CancellationToken cancellationToken);
    }

    private sealed class Job<T>(Func<T> work) : Job
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Completion => _completion.Task;

        public override void Run()
        {
            try
            {
                _completion.SetResult(work());
            }
            catch (Exception failure)
            {
                // The fault belongs to the caller alone; the thread goes on with the next job.
                _completion.SetException(failure);
            }
        }

        public override void Cancel(CancellationToken cancellationToken) => _completion.SetCanceled(cancellationToken);
    }
}
