using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Portal.Accounts.Events;

/// <summary>Brings committed changes to those who subscribed, each at its own pace.</summary>
/// <remarks>A stopping host lets what waits be delivered, without pauses between attempts, for as long as it is willing to wait.</remarks>
internal sealed partial class ChangeDelivery(
    IEnumerable<IAccountChangeSubscriber> subscribers, AccountChanges changes, TimeProvider time, ILogger<ChangeDelivery> logger) : BackgroundService
{
    /// <summary>Between the attempts.</summary>
    internal static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    // Not disposed: a host may be stopped once more afterwards.
    private readonly CancellationTokenSource hurry = new();
    private List<(IAccountChangeSubscriber Subscriber, ChannelReader<IReadOnlyList<AccountChange>> Changes)> queues = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything is served: what is committed from then on is told.
        queues = [.. subscribers.Select(subscriber => (subscriber, changes.Listen(subscriber.GetType().Name)))];
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        changes.Complete();
        await hurry.CancelAsync();
        try
        {
            await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Patience is over.
        }

        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(queues.Select(queue => DeliverAsync(queue.Subscriber, queue.Changes, stoppingToken)));

    private async Task DeliverAsync(IAccountChangeSubscriber subscriber, ChannelReader<IReadOnlyList<AccountChange>> waiting, CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var told in waiting.ReadAllAsync(stoppingToken))
            {
                await DeliverAsync(subscriber, told, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host has waited long enough.
        }
    }

    private async Task DeliverAsync(IAccountChangeSubscriber subscriber, IReadOnlyList<AccountChange> told, CancellationToken stoppingToken)
    {
        var name = subscriber.GetType().Name;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await subscriber.HandleAsync(told, stoppingToken);
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (attempt == Pauses.Length)
                {
                    Log.Skipped(logger, name, told.Count, attempt + 1, exception);
                    return;
                }

                Log.Failed(logger, name, attempt + 1, exception);
            }

            try
            {
                await Task.Delay(Pauses[attempt], time, hurry.Token);
            }
            catch (OperationCanceledException)
            {
                // The host stops: no more pauses.
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Subscriber} failed to take in changes, attempt {Attempt}; it is told again.")]
        public static partial void Failed(ILogger logger, string subscriber, int attempt, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "{Subscriber} did not take in {Count} changes after {Attempts} attempts; they are left out, and what it keeps should be made anew.")]
        public static partial void Skipped(ILogger logger, string subscriber, int count, int attempts, Exception exception);
    }
}
