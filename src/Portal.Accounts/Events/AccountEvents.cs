using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;

namespace Portal.Accounts.Events;

/// <summary>The in-process bus and, for other processes, the feed's writer.</summary>
/// <remarks>
/// A writer records an event in its transaction, commits, then publishes: other processes read the feed, this one hears
/// at once. Subscribers are an immutable array swapped atomically; they are called outside any lock.
/// </remarks>
internal sealed partial class AccountEvents(TimeProvider time, ILogger<AccountEvents> logger) : IAccountEvents
{
    private const int EventsPerEntry = 100;

    private ImmutableArray<Subscription> subscriptions = [];

    /// <summary>This process, as the feed names it.</summary>
    public string Source { get; } = Guid.CreateVersion7().ToString("N");

    public IDisposable Subscribe(Action<AccountEvent> handler)
    {
        var subscription = new Subscription(this, handler);
        ImmutableInterlocked.Update(ref subscriptions, list => list.Add(subscription));
        return subscription;
    }

    /// <summary>Adds the event to the feed, to be saved with the change it tells of.</summary>
    public void Record(PortalDbContext context, AccountEvent happened) => Record(context, [happened]);

    /// <summary>Adds the events of one change to the feed, to be saved with it: few entries, because each is a statement.</summary>
    public void Record(PortalDbContext context, IEnumerable<AccountEvent> happened) => context.Feed.AddRange(happened.Chunk(EventsPerEntry).Select(events => new FeedEntry
    {
        Source = Source,
        CreatedAt = time.GetUtcNow(),
        Content = JsonSerializer.Serialize(events),
    }));

    /// <summary>Tells this process. Call it after the commit, outside any lock.</summary>
    public void Publish(AccountEvent happened)
    {
        foreach (var subscription in subscriptions)
        {
            try
            {
                subscription.Handler(happened);
            }
            catch (Exception exception)
            {
                Log.SubscriberFailed(logger, happened.GetType().Name, exception);
            }
        }
    }

    private sealed class Subscription(AccountEvents owner, Action<AccountEvent> handler) : IDisposable
    {
        public Action<AccountEvent> Handler { get; } = handler;

        public void Dispose() => ImmutableInterlocked.Update(ref owner.subscriptions, list => list.Remove(this));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A subscriber failed on {Event}; the others were told.")]
        public static partial void SubscriberFailed(ILogger logger, string @event, Exception exception);
    }
}
