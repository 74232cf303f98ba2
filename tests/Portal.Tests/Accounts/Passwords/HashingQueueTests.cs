using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Accounts.Passwords;

namespace Portal.Tests.Accounts.Passwords;

public sealed class HashingQueueTests : IDisposable
{
    private readonly HashingQueue _queue = Queue(threads: 1, length: 3);
    private readonly List<Gate> _gates = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _gates.ForEach(gate => gate.Open());
        _queue.Dispose();
    }

    [Fact]
    public async Task What_it_hashed_it_verifies()
    {
        var hash = await _queue.HashAsync("kitchen lamp bicycle", Token);

        Assert.Equal(PasswordVerificationResult.Success, await _queue.VerifyAsync(hash, "kitchen lamp bicycle", Token));
        Assert.Equal(PasswordVerificationResult.Failed, await _queue.VerifyAsync(hash, "kitchen lamp bicycl", Token));
    }

    [Fact]
    public async Task Nobody_is_verified_without_a_hash() =>
        Assert.Equal(PasswordVerificationResult.Failed, await _queue.VerifyAsync(null, "kitchen lamp bicycle", Token));

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task Somebody_without_a_hash_costs_as_much_as_somebody_with_one()
    {
        using var queue = Queue(threads: 1, length: 3, iterations: 20_000);
        string?[] hashes = [await queue.HashAsync("kitchen lamp bicycle", Token), null, "not a hash"];
        var least = new[] { TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue };

        // In turn, and the least of many: what a busy machine adds falls on all three alike.
        for (var i = 0; i < 60; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            await queue.VerifyAsync(hashes[i % 3], "another password entirely", Token);
            var taken = TimeProvider.System.GetElapsedTime(start);
            least[i % 3] = taken < least[i % 3] ? taken : least[i % 3];
        }

        // Without the work the last two would be a thousandth of the first.
        Assert.InRange(least[1] / least[0], 0.5, 2);
        Assert.InRange(least[2] / least[0], 0.5, 2);
    }

    [Fact]
    public async Task Work_runs_on_the_queues_own_threads_and_what_follows_does_not()
    {
        var (name, isPool) = await _queue.EnqueueAsync(() => (Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread), Token);
        var after = Thread.CurrentThread.Name;

        Assert.Equal("Password hashing 1", name);
        Assert.False(isPool);
        Assert.NotEqual("Password hashing 1", after);
    }

    [Fact]
    public async Task As_many_jobs_run_at_once_as_there_are_threads()
    {
        using var queue = Queue(threads: 3, length: 3);
        Gate[] gates = [NewGate(), NewGate(), NewGate()];

        var jobs = gates.Select(gate => queue.EnqueueAsync(gate.Pass, Token)).ToArray();
        await Task.WhenAll(gates.Select(gate => gate.Reached));

        Assert.Equal(0, queue.Waiting);
        Assert.All(gates, gate => gate.Open());
        await Task.WhenAll(jobs);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_says_when_to_come_back()
    {
        var (gate, running) = await OccupyAsync();
        var waiting = Enumerable.Range(0, 3).Select(number => _queue.EnqueueAsync(() => number, Token)).ToArray();

        var refusal = await Assert.ThrowsAsync<HashingQueueFullException>(() => _queue.HashAsync("kitchen lamp bicycle", Token));

        Assert.Equal(TimeSpan.FromSeconds(5), refusal.RetryAfter);
        gate.Open();
        await running;
        int[] results = await Task.WhenAll(waiting);
        Assert.Equal([0, 1, 2], results);
        await _queue.HashAsync("kitchen lamp bicycle", Token);
    }

    [Fact]
    public async Task Who_came_first_is_served_first()
    {
        var (gate, running) = await OccupyAsync();
        var served = new ConcurrentQueue<int>();
        var waiting = Enumerable.Range(0, 3).Select(number => _queue.EnqueueAsync(() => Serve(number), Token)).ToArray();

        gate.Open();
        await running;
        await Task.WhenAll(waiting);

        Assert.Equal([0, 1, 2], served);

        bool Serve(int number)
        {
            served.Enqueue(number);
            return true;
        }
    }

    [Fact]
    public async Task Who_leaves_the_line_frees_the_place_and_is_never_served()
    {
        var (gate, running) = await OccupyAsync();
        using var leaving = new CancellationTokenSource();
        var served = false;
        var first = _queue.EnqueueAsync(() => 1, Token);
        var left = _queue.EnqueueAsync(() => served = true, leaving.Token);
        var last = _queue.EnqueueAsync(() => 3, Token);

        await leaving.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Equal(leaving.Token, cancelled.CancellationToken);
        Assert.Equal(2, _queue.Waiting);
        var instead = _queue.EnqueueAsync(() => 4, Token);
        gate.Open();
        await running;
        int[] results = await Task.WhenAll(first, last, instead);
        Assert.Equal([1, 3, 4], results);
        Assert.False(served);
    }

    [Fact]
    public async Task Who_left_before_coming_takes_no_place()
    {
        var (gate, running) = await OccupyAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _queue.EnqueueAsync(() => 1, new CancellationToken(canceled: true)));

        Assert.Equal(0, _queue.Waiting);
        gate.Open();
        await running;
    }

    [Fact]
    public async Task Who_is_being_served_is_served_to_the_end()
    {
        using var leaving = new CancellationTokenSource();
        var gate = NewGate();
        var running = _queue.EnqueueAsync(gate.Pass, leaving.Token);
        await gate.Reached;

        await leaving.CancelAsync();
        gate.Open();

        Assert.True(await running);
    }

    [Fact]
    public async Task Leaving_and_being_served_at_the_same_moment_ends_in_exactly_one_of_the_two()
    {
        for (var round = 0; round < 500; round++)
        {
            using var leaving = new CancellationTokenSource();
            var served = 0;
            var (gate, running) = await OccupyAsync();
            var job = _queue.EnqueueAsync(() => Interlocked.Increment(ref served), leaving.Token);

            await Task.WhenAll(Task.Run(gate.Open, Token), Task.Run(leaving.Cancel, Token));
            await running;
            await job.ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);

            Assert.Equal(job.IsCanceled ? 0 : 1, served);
        }
    }

    [Fact]
    public async Task A_job_that_throws_harms_only_its_caller()
    {
        var (gate, running) = await OccupyAsync();
        var failing = _queue.EnqueueAsync<int>(() => throw new InvalidOperationException("mine"), Token);
        var next = _queue.EnqueueAsync(() => 2, Token);

        gate.Open();

        Assert.True(await running);
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal(2, await next);
    }

    [Fact]
    public async Task Stopping_cancels_who_waits_lets_the_running_one_finish_and_refuses_who_comes_later()
    {
        var (gate, running) = await OccupyAsync();
        var waiting = _queue.EnqueueAsync(() => 1, Token);

        var stopping = Task.Run(_queue.Dispose, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(stopping.IsCompleted);
        gate.Open();
        await stopping;

        Assert.True(await running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _queue.HashAsync("kitchen lamp bicycle", Token));
    }

    [Fact]
    public async Task Stopping_while_somebody_leaves_is_no_fault()
    {
        var queue = Queue(threads: 1, length: 3);
        var gate = NewGate();
        var running = queue.EnqueueAsync(gate.Pass, Token);
        await gate.Reached;
        using var leaving = new CancellationTokenSource();
        var waiting = queue.EnqueueAsync(() => 1, leaving.Token);

        var stopping = Task.Run(queue.Dispose, Token);
        var cancelling = Task.Run(leaving.Cancel, Token);
        await cancelling;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Open();
        await stopping;

        Assert.True(await running);
        queue.Dispose();
    }

    private static HashingQueue Queue(int threads, int length, int iterations = 1_000)
    {
        var options = Options.Create(new PasswordsOptions { HashingThreads = threads, MaximumQueueLength = length, Iterations = iterations });
        return new HashingQueue(new PasswordHashing(options), options);
    }

    private Gate NewGate()
    {
        var gate = new Gate();
        _gates.Add(gate);
        return gate;
    }

    /// <summary>The one thread is busy until the gate opens.</summary>
    private async Task<(Gate Gate, Task<bool> Running)> OccupyAsync()
    {
        var gate = NewGate();
        var running = _queue.EnqueueAsync(gate.Pass, Token);
        await gate.Reached;
        return (gate, running);
    }

    private sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _open = new();

        public Task Reached => _reached.Task;

        public void Open() => _open.Set();

        public bool Pass()
        {
            _reached.SetResult();
            _open.Wait();
            return true;
        }
    }
}
