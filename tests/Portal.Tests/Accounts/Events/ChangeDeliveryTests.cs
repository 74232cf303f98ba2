using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Testing;

namespace Portal.Tests.Accounts.Events;

public sealed class ChangeDeliveryTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Careful _careful = new();
    private readonly Broken _broken = new();
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(options =>
    {
        options.Clock = _time;
        options.ConfigureServices = services => services
            .AddSingleton<IAccountChangeSubscriber>(_broken)
            .AddSingleton<IAccountChangeSubscriber>(_careful)
            .AddLogging(logging => logging.AddProvider(_log));
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_subscriber_that_fails_is_told_again_with_pauses_then_left_out_and_holds_nobody_up()
    {
        _broken.Fails = 4;
        await AddRoleAsync("first");
        await AddRoleAsync("second");
        Assert.Equal(1, await _careful.NextAsync());
        Assert.Equal(1, await _careful.NextAsync());

        // Four attempts at the first change, then the second one.
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            while (!_broken.Tried.Reader.TryRead(out _))
            {
                // The pause may not have begun yet.
                _time.Advance(TimeSpan.FromSeconds(30));
                await Task.Yield();
            }
        }

        Assert.Contains(_log.Lines, line => line.StartsWith("Error Broken did not take in 1 changes after 4 attempts", StringComparison.Ordinal));
        Assert.Equal(3, _log.Lines.Count(line => line.StartsWith("Warning Broken failed to take in changes", StringComparison.Ordinal)));
        Assert.Equal(1, _broken.Taken);
    }

    [Fact]
    public void The_pauses_grow() => Assert.Equal([1, 5, 30], ChangeDelivery.Pauses.Select(pause => pause.TotalSeconds));

    [Fact]
    public async Task Changes_come_one_after_the_other_in_the_order_of_commits()
    {
        for (var i = 0; i < 50; i++)
        {
            await AddRoleAsync($"role{i}");
        }

        List<long> ids = [];
        for (var i = 0; i < 50; i++)
        {
            ids.Add(await _careful.NextAsync(byId: true));
        }

        Assert.Equal(ids.Order(), ids);
        Assert.Equal(1, _careful.Most);
    }

    [Fact]
    public async Task What_waits_when_the_host_stops_is_still_delivered()
    {
        await AddRoleAsync("one");
        await AddRoleAsync("two");

        await _host.Get<ChangeDelivery>().StopAsync(Token);

        Assert.Equal(2, _careful.Count);
    }

    private Task<int> AddRoleAsync(string name) => _host.QueryAsync(context =>
    {
        context.Roles.Add(new Role { Name = name, NormalizedName = name.ToUpperInvariant() });
        return context.SaveChangesAsync(Token);
    });

    private sealed class Careful : IAccountChangeSubscriber
    {
        private readonly Channel<(int Count, long Id)> told = Channel.CreateUnbounded<(int, long)>();
        private int inside;

        public int Most { get; private set; }

        public int Count { get; private set; }

        public async Task<long> NextAsync(bool byId = false) => await told.Reader.ReadAsync(Token) is var (count, id) && byId ? id : count;

        public async Task HandleAsync(IReadOnlyList<AccountChange> changes, CancellationToken cancellationToken)
        {
            Most = Math.Max(Most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Count++;
            Interlocked.Decrement(ref inside);
            await told.Writer.WriteAsync((changes.Count, changes[0].Id), cancellationToken);
        }
    }

    private sealed class Broken : IAccountChangeSubscriber
    {
        public Channel<int> Tried { get; } = Channel.CreateUnbounded<int>();

        public int Fails { get; set; }

        public int Taken { get; private set; }

        public async Task HandleAsync(IReadOnlyList<AccountChange> changes, CancellationToken cancellationToken)
        {
            if (Fails-- > 0)
            {
                await Tried.Writer.WriteAsync(1, cancellationToken);
                throw new IOException("The index is away.");
            }

            Taken++;
            await Tried.Writer.WriteAsync(1, cancellationToken);
        }
    }
}
