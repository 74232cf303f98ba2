using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Data;

/// <summary>
/// Takes network addresses out of every table that holds some, once they are older than
/// <see cref="AccountsOptions.IpRetention"/>: at the start and once an hour.
/// </summary>
/// <remarks>
/// Each table is read through once, in batches that are then written by their keys, so that nobody waits for a whole table.
/// The rows stay; what the chain of security events covers is a digest, which without the salt tells nothing.
/// </remarks>
internal sealed partial class AddressSweeper(
    IDbContextFactory<PortalDbContext> contexts, IOptions<AccountsOptions> options, TimeProvider time, ILogger<AddressSweeper> logger) : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    /// <summary>Security events stay for good: up to here nothing is left to take out, and nothing is looked at again.</summary>
    private DateTimeOffset eventsSweptTo = DateTimeOffset.MinValue;

    /// <summary>The columns it empties, as table and property. Whoever adds an address adds its rule.</summary>
    public static IReadOnlySet<(Type Table, string Property)> Columns { get; } = new HashSet<(Type, string)>
    {
        (typeof(UserSession), nameof(UserSession.Ip)),
        (typeof(LoginInformation), nameof(LoginInformation.LastLoginIp)),
        (typeof(LoginInformation), nameof(LoginInformation.CurrentLoginIp)),
        (typeof(AuditEvent), nameof(AuditEvent.Ip)),
    };

    /// <summary>Takes out what is too old now. Returns how many addresses.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.IpRetention;
        var total = await SessionsAsync(before, cancellationToken)
            + await LastLoginsAsync(before, cancellationToken)
            + await CurrentLoginsAsync(before, cancellationToken)
            + await EventsAsync(before, cancellationToken);
        if (total > 0)
        {
            Log.Swept(logger, total, before);
        }

        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private Task<int> SessionsAsync(DateTimeOffset before, CancellationToken cancellationToken) => InBatchesAsync(
        "",
        (context, after) => context.Sessions
            .Where(row => row.Ip != null && row.CreatedAt < before && string.Compare(row.Id, after) > 0)
            .OrderBy(row => row.Id)
            .Select(row => row.Id),
        (context, ids) => context.Sessions.Where(row => EF.Parameter(ids).Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Ip, (string?)null), cancellationToken),
        cancellationToken);

    private Task<int> LastLoginsAsync(DateTimeOffset before, CancellationToken cancellationToken) => InBatchesAsync(
        0L,
        (context, after) => context.LoginInformation
            .Where(row => row.LastLoginIp != null && (row.LastLoginAt == null || row.LastLoginAt < before) && row.UserId > after)
            .OrderBy(row => row.UserId)
            .Select(row => row.UserId),
        // Somebody may have signed in since the row was read.
        (context, ids) => context.LoginInformation.Where(row => EF.Parameter(ids).Contains(row.UserId) && (row.LastLoginAt == null || row.LastLoginAt < before))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastLoginIp, (string?)null), cancellationToken),
        cancellationToken);

    private Task<int> CurrentLoginsAsync(DateTimeOffset before, CancellationToken cancellationToken) => InBatchesAsync(
        0L,
        (context, after) => context.LoginInformation
            .Where(row => row.CurrentLoginIp != null && (row.CurrentLoginAt == null || row.CurrentLoginAt < before) && row.UserId > after)
            .OrderBy(row => row.UserId)
            .Select(row => row.UserId),
        (context, ids) => context.LoginInformation.Where(row => EF.Parameter(ids).Contains(row.UserId) && (row.CurrentLoginAt == null || row.CurrentLoginAt < before))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.CurrentLoginIp, (string?)null), cancellationToken),
        cancellationToken);

    private async Task<int> EventsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var total = await InBatchesAsync(
            new Happened(eventsSweptTo, 0),
            // What was emptied matches no more, so those of the same moment need no second key.
            (context, after) => context.AuditEvents
                .Where(row => row.At >= after.At && row.At < before && row.Ip != null)
                .OrderBy(row => row.At)
                .Select(row => new Happened(row.At, row.Id)),
            (context, rows) =>
            {
                List<long> ids = [.. rows.Select(row => row.Id)];
                return context.AuditEvents.Where(row => EF.Parameter(ids).Contains(row.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Ip, (string?)null).SetProperty(row => row.IpSalt, (byte[]?)null), cancellationToken);
            },
            cancellationToken);
        eventsSweptTo = before;
        return total;
    }

    /// <param name="after">The key behind which the table begins.</param>
    /// <param name="next">The keys of rows to empty behind a key, in order.</param>
    /// <param name="takeOut">Empties the rows of these keys and returns how many.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    private async Task<int> InBatchesAsync<TKey>(
        TKey after,
        Func<PortalDbContext, TKey, IQueryable<TKey>> next,
        Func<PortalDbContext, List<TKey>, Task<int>> takeOut,
        CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var keys = await next(context, after).Take(BatchSize).ToListAsync(cancellationToken);
            if (keys.Count == 0)
            {
                return total;
            }

            total += await takeOut(context, keys);
            after = keys[^1];
        }
    }

    private sealed record Happened(DateTimeOffset At, long Id);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Took out {Count} network addresses from before {Before:u}.")]
        public static partial void Swept(ILogger logger, int count, DateTimeOffset before);

        [LoggerMessage(2, LogLevel.Warning, "Old network addresses could not be taken out; trying again.")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
