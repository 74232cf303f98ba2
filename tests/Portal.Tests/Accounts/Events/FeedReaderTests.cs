using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Testing;

namespace Portal.Tests.Accounts.Events;

public sealed class FeedReaderTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();
    private readonly List<AccountEvent> _heard = [];
    private PortalHost _host = null!;
    private FeedReader _reader = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync(options => options.ConfigureServices = services => services.RemoveHosted(typeof(FeedReader)));
        var events = _host.Get<AccountEvents>();
        events.Subscribe(_heard.Add);
        _reader = new FeedReader(_host.Get<IDbContextFactory<PortalDbContext>>(), events, _host.Clock, new LoggerFactory([_log]).CreateLogger<FeedReader>());
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task What_happened_before_the_first_look_is_not_told()
    {
        await WriteAsync(Changed(1));

        await ReadAsync();
        await ReadAsync();

        Assert.Empty(_heard);
    }

    [Fact]
    public async Task What_others_write_is_told_once_and_in_order()
    {
        await ReadAsync();
        await WriteAsync(Changed(1), new AccountEvent.SessionStarted(2, "two"), new AccountEvent.SessionsEnded(3, ["a", "b"], SessionEndReason.PasswordChanged));

        await ReadAsync();
        await ReadAsync();

        Assert.Equal([1, 2, 3], _heard.Select(happened => happened.UserId));
        var ended = Assert.IsType<AccountEvent.SessionsEnded>(_heard[2]);
        Assert.Equal(["a", "b"], ended.SessionIds);
        Assert.Equal(SessionEndReason.PasswordChanged, ended.Reason);
    }

    [Fact]
    public async Task What_this_process_wrote_is_not_told_again()
    {
        await ReadAsync();
        await _host.QueryAsync(context =>
        {
            _host.Get<AccountEvents>().Record(context, Changed(1));
            return context.SaveChangesAsync(Token);
        });
        await WriteAsync(Changed(2));

        await ReadAsync();

        Assert.Equal([2], _heard.Select(happened => happened.UserId));
    }

    [Fact]
    public async Task An_entry_that_is_committed_after_a_later_one_is_told_all_the_same()
    {
        await WriteAsync(Changed(1));
        await ReadAsync();
        await WriteAtAsync(110, Changed(110));
        await ReadAsync();

        await WriteAtAsync(109, Changed(109));
        await WriteAtAsync(50, Changed(50));
        await ReadAsync();
        await ReadAsync();

        Assert.Equal([110, 50, 109], _heard.Select(happened => happened.UserId));
    }

    [Fact]
    public async Task The_look_back_ends_after_500_entries()
    {
        await ReadAsync();
        await WriteAtAsync(1000, Changed(1000));
        await ReadAsync();

        await WriteAtAsync(500, Changed(500));
        await WriteAtAsync(501, Changed(501));
        await ReadAsync();

        Assert.Equal([1000, 501], _heard.Select(happened => happened.UserId));
    }

    [Fact]
    public async Task More_than_one_look_takes_is_told_by_the_next_ones_without_a_gap()
    {
        await ReadAsync();
        await WriteAsync([.. Enumerable.Range(1, 3200).Select(number => Changed(number))]);

        for (var i = 0; i < 8; i++)
        {
            await ReadAsync();
        }

        Assert.Equal(Enumerable.Range(1, 3200).Select(number => (long)number), _heard.Select(happened => happened.UserId));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("""[{"$type":"something-newer","UserId":1}]""")]
    [InlineData("[{}, null, 7]")]
    [InlineData("null")]
    public async Task What_this_build_does_not_know_is_passed_over(string content)
    {
        await ReadAsync();
        await AddAsync(new FeedEntry { Source = "another", Content = content, CreatedAt = _host.Clock.GetUtcNow() });
        await WriteAsync(Changed(2));

        await ReadAsync();

        Assert.Equal([2], _heard.Select(happened => happened.UserId));
    }

    [Fact]
    public async Task What_is_new_to_this_build_does_not_hide_what_was_told_with_it()
    {
        await ReadAsync();
        await AddAsync(new FeedEntry
        {
            Source = "another",
            Content = """[{"$type":"user-changed","UserId":1},{"$type":"something-newer","UserId":2},{"$type":"user-changed","UserId":3}]""",
            CreatedAt = _host.Clock.GetUtcNow(),
        });

        await ReadAsync();

        Assert.Equal([1, 3], _heard.Select(happened => happened.UserId));
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task What_one_change_did_to_many_is_written_in_few_entries_and_told_whole()
    {
        await ReadAsync();
        var writer = new AccountEvents(_host.Clock, new LoggerFactory().CreateLogger<AccountEvents>());
        var entries = await _host.QueryAsync(context =>
        {
            writer.Record(context, Enumerable.Range(1, 250).Select(number => new AccountEvent.SessionsEnded(number, [$"session {number}"], SessionEndReason.Idle)));
            return context.SaveChangesAsync(Token);
        });

        await ReadAsync();

        Assert.Equal(3, entries);
        Assert.Equal(
            Enumerable.Range(1, 250).Select(number => ((long)number, $"session {number}")),
            _heard.Cast<AccountEvent.SessionsEnded>().Select(ended => (ended.UserId, ended.SessionIds.Single())));
    }

    [Fact]
    public async Task Entries_are_kept_for_an_hour()
    {
        await ReadAsync();
        await WriteAsync(Changed(1));
        await ReadAsync();
        _host.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        await WriteAsync(Changed(2));

        await ReadAsync();

        Assert.Equal(1, await _host.QueryAsync(context => context.Feed.CountAsync(Token)));
        Assert.Equal([1, 2], _heard.Select(happened => happened.UserId));
    }

    [Fact]
    public async Task After_everything_was_cleaned_what_is_new_is_still_told()
    {
        await ReadAsync();
        await WriteAsync(Changed(1));
        await ReadAsync();
        await _host.QueryAsync(context => context.Feed.ExecuteDeleteAsync(Token));
        await ReadAsync();

        await WriteAsync(Changed(2));
        await ReadAsync();

        Assert.Equal([1, 2], _heard.Select(happened => happened.UserId));
    }

    private static AccountEvent Changed(long userId) => new AccountEvent.UserChanged(userId);

    private Task ReadAsync() => _reader.ReadAsync(Token);

    private Task WriteAsync(params AccountEvent[] happened) => AddAsync([.. happened.Select(one => Entry(one))]);

    private Task WriteAtAsync(long id, AccountEvent happened)
    {
        var entry = Entry(happened);
        entry.Id = id;
        return AddAsync(entry);
    }

    private FeedEntry Entry(AccountEvent happened) =>
        new() { Source = "another", Content = JsonSerializer.Serialize<AccountEvent[]>([happened]), CreatedAt = _host.Clock.GetUtcNow() };

    private Task<int> AddAsync(params FeedEntry[] entries) => _host.QueryAsync(context =>
    {
        context.Feed.AddRange(entries);
        return context.SaveChangesAsync(Token);
    });
}
