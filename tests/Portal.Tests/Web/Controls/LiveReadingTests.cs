using Microsoft.Extensions.Time.Testing;
using Portal.Accounts.Events;
using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class LiveReadingTests
{
    [Fact]
    public async Task Whatever_happens_there_are_at_most_four_readings_a_second()
    {
        var (clock, events) = (new FakeTimeProvider(), new FakeEvents());
        var (reads, hops) = (0, 0);
        using var live = new LiveReading(
            clock,
            () =>
            {
                reads++;
                return Task.CompletedTask;
            },
            failure => throw failure);
        List<Func<Task>> waiting = [];
        live.FollowAll(events, work =>
        {
            hops++;
            waiting.Add(work);
            return Task.CompletedTask;
        });

        for (var second = 0; second < 4; second++)
        {
            for (var i = 0; i < 250; i++)
            {
                events.Publish(new AccountEvent.TabsChanged(i, "session"));
            }

            var due = waiting.ToList();
            waiting.Clear();
            due.ForEach(work => _ = work());
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        Assert.InRange(reads, 1, 5);
        // A burst hops onto the circuit once.
        Assert.Equal(4, hops);
    }

    [Fact]
    public void One_persons_page_hears_of_that_person_alone_and_not_which_page_a_tab_shows()
    {
        var events = new FakeEvents();
        var hops = 0;
        using var live = new LiveReading(new FakeTimeProvider(), () => Task.CompletedTask, _ => Task.CompletedTask);
        live.Follow(events, userId: 1, work =>
        {
            hops++;
            return work();
        });

        events.Publish(new AccountEvent.UserChanged(2));
        events.Publish(new AccountEvent.PageShown(1, "session"));
        Assert.Equal(0, hops);
        events.Publish(new AccountEvent.UserChanged(1));
        Assert.Equal(1, hops);
    }
}
