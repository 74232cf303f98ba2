using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>Goes on, a minute after the start and once an hour, with blocks of domains that broke off before all of their people were reached.</summary>
/// <remarks>
/// Which they are is read from the log: decisions of the last day that still stand. Whom an operator moved one by one since
/// is left alone, for that was decided about them. Two processes that do it at once find each other's people done.
/// </remarks>
internal sealed partial class BrokenBlocks(
    IDbContextFactory<PortalDbContext> contexts, DomainPeople people, TimeProvider time, ILogger<BrokenBlocks> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstLookAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(1);

    internal async Task ResumeAsync(CancellationToken cancellationToken)
    {
        foreach (var (domain, decision) in await DecisionsAsync(cancellationToken))
        {
            var by = decision is { ActorId: { } actor, SessionId: { } session } ? Operator.In(new SessionAsker(actor, session)) : Operator.CommandLine;
            await people.ResumeAsync(domain, decision.Id, by, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(FirstLookAfter, time, stoppingToken);
        using var timer = new PeriodicTimer(LookInterval, time);
        do
        {
            try
            {
                await ResumeAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The last decision of each domain that was blocked lately and has people, itself or below it, who are not.</summary>
    private async Task<IReadOnlyDictionary<string, AuditEvent>> DecisionsAsync(CancellationToken cancellationToken)
    {
        var (kind, since) = (AuditKind.DomainChanged.ToName(), time.GetUtcNow() - LookBack);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var changes = await context.AuditEvents.AsNoTracking().Where(happened => happened.Kind == kind && happened.At > since)
            .OrderBy(happened => happened.Id).ToListAsync(cancellationToken);
        Dictionary<string, AuditEvent> blocks = new(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var details = AuditDetails.Read(change.Details);
            if (details.Text("domain") is { } domain && details.GetValueOrDefault("after") is { ValueKind: JsonValueKind.Object } after
                && after.TryGetProperty("status", out var status) && status.ValueKind is JsonValueKind.String
                && DomainStatusNames.FromName(status.GetString()) is EmailDomainStatus.Blocked)
            {
                blocks[domain] = change;
            }
        }

        if (blocks.Count == 0)
        {
            return blocks;
        }

        // One look at who is left spares two queries for each that was obeyed long ago, which nearly all were.
        var open = await context.UserCounts.Where(row => !row.IsBlocked && row.Domain != "").Select(row => row.Domain).Distinct().ToListAsync(cancellationToken);
        return blocks.IntersectBy(open.SelectMany(EmailDomainRules.SuffixesOf), block => block.Key).ToDictionary(StringComparer.Ordinal);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Blocks of domains that broke off could not be gone on with; trying again in an hour.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
