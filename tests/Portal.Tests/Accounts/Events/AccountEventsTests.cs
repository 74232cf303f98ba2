using Microsoft.Extensions.Logging;
using Portal.Accounts.Events;

namespace Portal.Tests.Accounts.Events;

public sealed class AccountEventsTests
{
    private readonly RecordedLog _log = new();
    private readonly AccountEvents _events;

    public AccountEventsTests() => _events = new AccountEvents(TimeProvider.System, new LoggerFactory([_log]).CreateLogger<AccountEvents>());

    [Fact]
    public void A_subscriber_that_throws_harms_neither_the_publisher_nor_the_others()
    {
        List<long> heard = [];
        using var first = _events.Subscribe(happened => heard.Add(happened.UserId));
        using var broken = _events.Subscribe(_ => throw new InvalidOperationException("Broken on purpose."));
        using var last = _events.Subscribe(happened => heard.Add(happened.UserId));

        _events.Publish(new AccountEvent.UserChanged(7));

        Assert.Equal([7, 7], heard);
        Assert.Contains("Broken on purpose.", Assert.Single(_log.Lines));
    }

    [Fact]
    public void Who_unsubscribes_hears_no_more_also_while_an_event_goes_round()
    {
        var heard = 0;
        IDisposable subscription = null!;
        subscription = _events.Subscribe(_ =>
        {
            heard++;
            subscription.Dispose();
        });

        _events.Publish(new AccountEvent.UserChanged(7));
        _events.Publish(new AccountEvent.UserChanged(7));
        subscription.Dispose();

        Assert.Equal(1, heard);
    }

    [Fact]
    public void Many_threads_subscribing_and_leaving_lose_nobody()
    {
        var heard = 0;
        using var staying = _events.Subscribe(_ => Interlocked.Increment(ref heard));

        Parallel.For(0, 500, _ =>
        {
            using (_events.Subscribe(_ => { }))
            {
                _events.Publish(new AccountEvent.UserChanged(1));
            }
        });

        Assert.Equal(500, heard);
    }

    [Fact]
    public void Every_reason_has_a_name_of_its_own_that_reads_back()
    {
        var reasons = Enum.GetValues<SessionEndReason>();

        Assert.Equal(
            ["you", "revoked", "everywhere", "administrator", "deactivated", "blocked", "password-changed", "idle", "expired", "replaced", "deleted", "left", "provider"],
            reasons.Select(reason => reason.ToName()));
        Assert.All(reasons, reason => Assert.Equal(reason, SessionEndReasonNames.FromName(reason.ToName())));
        Assert.All(["", "You", "YOU", "unknown", null], name => Assert.Null(SessionEndReasonNames.FromName(name)));
    }
}
