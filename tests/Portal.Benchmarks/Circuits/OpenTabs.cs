using System.Collections.Concurrent;

namespace Portal.Benchmarks.Circuits;

/// <summary>Many open tabs, kept open: each says every ten seconds that it is still there.</summary>
internal sealed class OpenTabs : IAsyncDisposable
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<LightCircuit> circuits = [];
    private readonly CancellationTokenSource closing = new();
    private readonly Task pinging;

    public OpenTabs() => pinging = PingAsync();

    public IReadOnlyCollection<LightCircuit> Circuits => circuits;

    /// <summary>Opens the circuits of loaded pages, several at once.</summary>
    public Task OpenAsync(HttpClient http, Uri page, IEnumerable<(string? Cookie, PageMarkers Markers)> loaded, int atOnce, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            loaded,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (tab, token) => circuits.Add(await LightCircuit.OpenAsync(http, page, tab.Cookie, tab.Markers, token)));

    /// <summary>Waits until nothing has been drawn on any of them for a second.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        int before, now = -1;
        do
        {
            before = now;
            await timer.WaitForNextTickAsync(cancellationToken);
            now = circuits.Sum(circuit => circuit.Batches);
        }
        while (now != before);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Parallel.ForEachAsync(circuits, async (circuit, _) => await circuit.DisposeAsync());
        closing.Dispose();
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(PingInterval);
        while (await timer.WaitForNextTickAsync(closing.Token))
        {
            foreach (var circuit in circuits)
            {
                await circuit.PingAsync(closing.Token);
            }
        }
    }
}
