using Microsoft.Extensions.Time.Testing;

namespace Portal.Testing;

/// <summary>A clock that stands still until it is advanced. A jump wakes each periodic timer once, however long it is.</summary>
/// <remarks>The base class would tick a timer of one second 2.6 million times in a jump of a month.</remarks>
internal sealed class SteppingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        period <= TimeSpan.Zero ? base.CreateTimer(callback, state, dueTime, period) : new Periodic(OneShot, callback, state, dueTime, period);

    private ITimer OneShot(TimerCallback callback) => base.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private sealed class Periodic : ITimer
    {
        private readonly ITimer timer;
        private TimeSpan period;

        public Periodic(Func<TimerCallback, ITimer> oneShot, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            this.period = period;
            timer = oneShot(_ =>
            {
                timer!.Change(this.period, Timeout.InfiniteTimeSpan);
                callback(state);
            });
            timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            this.period = period;
            return timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
