using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>Forgets links that expired a week ago, and browsers that are trusted no more, once an hour.</summary>
internal sealed partial class LinkSweeper(
    IDbContextFactory<PortalDbContext> contexts, OneTimeLinks links, TimeProvider time, ILogger<LinkSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await links.CleanAsync(context, cancellationToken);
        var now = time.GetUtcNow();
        await context.TrustedBrowsers.Where(browser => browser.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
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
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Expired links could not be forgotten; trying again.")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
