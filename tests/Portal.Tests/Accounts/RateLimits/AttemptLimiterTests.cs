using System.Net;
using Microsoft.Extensions.Time.Testing;
using Portal.Accounts.RateLimits;

namespace Portal.Tests.Accounts.RateLimits;

public sealed class AttemptLimiterTests
{
    private static readonly RateLimit Three = RateLimit.Parse("3 per hour")!;

    private readonly FakeTimeProvider _time = new();
    private readonly AttemptLimiter _limiter;

    public AttemptLimiterTests() => _limiter = new AttemptLimiter(_time);

    [Fact]
    public void The_window_slides_so_that_each_attempt_frees_its_own_place()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(TimeSpan.Zero, Wait("ana"));
            _time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(TimeSpan.FromMinutes(30), Wait("ana"));
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(TimeSpan.Zero, Wait("ana"));
        Assert.Equal(TimeSpan.FromMinutes(10), Wait("ana"));
    }

    [Fact]
    public void How_long_to_wait_is_told_without_counting()
    {
        Use("ana", 2);
        Assert.Equal(TimeSpan.Zero, _limiter.WaitFor("ana", Three));
        Assert.Equal(TimeSpan.Zero, _limiter.WaitFor("ana", Three));
        _time.Advance(TimeSpan.FromMinutes(10));
        Use("ana", 1);

        Assert.Equal(TimeSpan.FromMinutes(50), _limiter.WaitFor("ana", Three));
        Assert.Equal(TimeSpan.Zero, _limiter.WaitFor("ben", Three));
        _time.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(TimeSpan.Zero, _limiter.WaitFor("ana", Three));
    }

    [Fact]
    public void Being_refused_does_not_lengthen_the_wait()
    {
        Use("ana", 3);
        for (var i = 0; i < 20; i++)
        {
            Assert.NotEqual(TimeSpan.Zero, Wait("ana"));
            _time.Advance(TimeSpan.FromMinutes(2));
        }

        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(TimeSpan.Zero, Wait("ana"));
    }

    [Fact]
    public void One_full_key_counts_on_none_and_the_longest_wait_is_told()
    {
        Use("ana", 3);
        _time.Advance(TimeSpan.FromMinutes(15));
        Use("ben", 3);

        var (receipt, wait) = _limiter.TryCount(("ana", Three), ("ben", Three), ("cem", Three));

        Assert.Null(receipt);
        Assert.Equal(TimeSpan.FromHours(1), wait);
        Use("cem", 3);
    }

    [Fact]
    public void What_is_given_back_was_never_counted()
    {
        Use("ana", 2);
        var (receipt, _) = _limiter.TryCount(("ana", Three), ("here", Three));
        Assert.NotEqual(TimeSpan.Zero, Wait("ana"));

        receipt!.GiveBack();

        Assert.Equal(TimeSpan.Zero, Wait("ana"));
        Use("here", 3);
    }

    [Fact]
    public void Giving_back_after_the_key_was_forgotten_takes_nothing_from_others()
    {
        var (receipt, _) = _limiter.TryCount(("ana", Three));
        _limiter.Forget("ana");
        receipt!.GiveBack();

        Use("ana", 3);
        Assert.NotEqual(TimeSpan.Zero, Wait("ana"));
    }

    [Fact]
    public void Of_many_at_once_exactly_the_limit_is_let_through()
    {
        var passed = 0;

        Parallel.For(0, 1000, _ =>
        {
            if (_limiter.TryCount(("ana", Three)).Receipt is not null)
            {
                Interlocked.Increment(ref passed);
            }
        });

        Assert.Equal(3, passed);
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Addresses_of_one_network_count_as_one(string one, string other, bool same) =>
        Assert.Equal(same, AttemptLimiter.AddressKey("x", IPAddress.Parse(one)) == AttemptLimiter.AddressKey("x", IPAddress.Parse(other)));

    [Fact]
    public void A_flood_of_names_does_not_take_the_memory_and_keeps_the_latest()
    {
        for (var i = 0; i < 120_000; i++)
        {
            _limiter.TryCount(($"name {i}", Three));
            if (i % 1000 == 0)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Use("name 119999", 2);
        Assert.NotEqual(TimeSpan.Zero, Wait("name 119999"));
        Use("name 0", 3);
    }

    private void Use(string key, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(TimeSpan.Zero, Wait(key));
        }
    }

    private TimeSpan Wait(string key) => _limiter.TryCount((key, Three)).RetryAfter;
}
