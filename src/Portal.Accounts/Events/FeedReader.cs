using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;

namespace Portal.Accounts.Events;

/// <summary>Hears what other processes on this database did, once a second.</summary>
/// <remarks>
/// Ids are handed out before they are committed, so on SQL Server a lower one can appear after a higher one. The reader
/// therefore looks back over a short stretch of ids each time and remembers which of those it has told.
/// </remarks>
internal sealed partial class FeedReader(
    IDbContextFactory<PortalDbContext> contexts,
    AccountEvents events,
    TimeProvider time,
    ILogger<FeedReader> logger) : BackgroundService
{
    private const int LookBack = 500;
    private const int BatchSize = 1000;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EntryLifetime = TimeSpan.FromHours(1);

    private readonly HashSet<long> told = [];
    private long newest = -1;
    private DateTimeOffset cleanedAt;

    /// <summary>One look at the feed. The first one only finds where it ends.</summary>
    internal async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (newest < 0)
        {
            newest = await context.Feed.MaxAsync(entry => (long?)entry.Id, cancellationToken) ?? 0;
            told.UnionWith(await context.Feed.Where(entry => entry.Id > newest - LookBack).Select(entry => entry.Id).ToListAsync(cancellationToken));
            return;
        }

        var latest = await context.Feed.MaxAsync(entry => (long?)entry.Id, cancellationToken) ?? 0;
        var from = newest - LookBack;
        var source = events.Source;
        var entries = await context.Feed
            .Where(entry => entry.Id > from && entry.Id <= latest && entry.Source != source)
            .OrderBy(entry => entry.Id)
            .Select(entry => new { entry.Id, entry.Content })
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        foreach (var entry in entries.Where(entry => told.Add(entry.Id)))
        {
            Tell(entry.Id, entry.Content);
        }

        newest = Math.Max(newest, entries.Count == BatchSize ? entries[^1].Id : latest);
        told.RemoveWhere(id => id <= newest - LookBack);
        await CleanAsync(context, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PollInterval, time);
        do
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.ReadFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Tell(long id, string content)
    {
        try
        {
            foreach (var happened in JsonSerializer.Deserialize<List<JsonElement>>(content) ?? [])
            {
                Tell(id, happened);
            }
        }
        catch (JsonException exception)
        {
            Log.Unreadable(logger, id, exception);
        }
    }

    private void Tell(long id, JsonElement content)
    {
        try
        {
            if (content.Deserialize<AccountEvent>() is { } happened)
            {
                events.Publish(happened);
            }
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            // A newer node may tell of something this build does not know; what else it told with it is still heard.
            Log.Unreadable(logger, id, exception);
        }
    }

    private async Task CleanAsync(PortalDbContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - cleanedAt < EntryLifetime)
        {
            return;
        }

        cleanedAt = now;
        var oldest = now - EntryLifetime;
        await context.Feed.Where(entry => entry.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The event feed could not be read; trying again. Sessions ended elsewhere are noticed late until then.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Entry {Id} of the event feed is of an unknown kind.")]
        public static partial void Unreadable(ILogger logger, long id, Exception exception);
    }
}
