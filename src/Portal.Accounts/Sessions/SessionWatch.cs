using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>Carries what happened to sessions, here or on another node, to this node's cache and open tabs.</summary>
/// <remarks>
/// Events are hints and can be lost; every <see cref="HealInterval"/> the rows of all sessions with open tabs and of their
/// people are looked at, so that a tab outlives its session, a role or a name by no more than that, and what was seen of a
/// person elsewhere keeps their tabs here.
/// </remarks>
internal sealed partial class SessionWatch(
    AccountEvents events,
    SessionCache cache,
    LiveCircuits circuits,
    IDbContextFactory<PortalDbContext> contexts,
    TimeProvider time,
    ILogger<SessionWatch> logger) : BackgroundService
{
    private const int IdsPerQuery = 1000;

    private static readonly TimeSpan HealInterval = TimeSpan.FromSeconds(15);

    private IDisposable? subscription;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        subscription = events.Subscribe(Hear);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        subscription?.Dispose();
        base.Dispose();
    }

    /// <summary>Ends the open tabs of sessions that ended, and refreshes those of people who changed, without this node hearing of it.</summary>
    internal async Task HealAsync(CancellationToken cancellationToken)
    {
        await HealSessionsAsync(cancellationToken);
        await HealPeopleAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(HealInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await HealAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.HealFailed(logger, exception);
            }
        }
    }

    private async Task HealSessionsAsync(CancellationToken cancellationToken)
    {
        foreach (var ids in circuits.SessionIds.Chunk(IdsPerQuery))
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var known = await context.Sessions
                .Where(session => EF.Parameter(ids).Contains(session.Id))
                .Select(session => new { session.Id, session.EndedAt, session.EndReason, session.LastSeenAt })
                .ToDictionaryAsync(session => session.Id, cancellationToken);
            foreach (var id in ids)
            {
                var row = known.GetValueOrDefault(id);
                if (row is not { EndedAt: null })
                {
                    End([id], SessionEndReasonNames.FromName(row?.EndReason) ?? SessionEndReason.Expired);
                }
                else
                {
                    cache.FindLife(id)?.ReadSeen(row.LastSeenAt);
                }
            }
        }
    }

    private async Task HealPeopleAsync(CancellationToken cancellationToken)
    {
        var tabs = circuits.ByUser();
        foreach (var ids in tabs.Keys.Chunk(IdsPerQuery))
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            // As the session's own look reads a person, a thousand at once.
            var known = await context.Users
                .Where(user => EF.Parameter(ids).Contains(user.Id))
                .Select(user => new
                {
                    user.Id,
                    user.IsActive,
                    Name = user.UserName ?? user.Email,
                    user.Email,
                    user.Profile,
                    user.Preferences,
                    Picture = context.Pictures.Where(picture => picture.UserId == user.Id).Select(picture => picture.Version).FirstOrDefault(),
                    Roles = context.UserRoles.Where(member => member.UserId == user.Id)
                        .Join(context.Roles, member => member.RoleId, role => role.Id, (member, role) => role.Name!)
                        .ToList(),
                })
                .AsNoTracking()
                .ToDictionaryAsync(user => user.Id, cancellationToken);
            foreach (var id in ids)
            {
                var person = known.GetValueOrDefault(id) is { IsActive: true } row
                    ? new PersonInfo(row.Name, row.Email, row.Roles) { Profile = row.Profile, Preferences = row.Preferences, PictureVersion = row.Picture }
                    : null;
                if (tabs[id].Where(tab => tab is { IsOver: false, Person: { } given } && person?.IsSaidBy(given) != true).ToList() is { Count: > 0 } differing)
                {
                    cache.EvictUser(id);
                    await Task.WhenAll(differing.Select(RefreshAsync));
                }
            }
        }
    }

    private void Hear(AccountEvent happened)
    {
        switch (happened)
        {
            case AccountEvent.SessionsEnded ended:
                End(ended.SessionIds, ended.Reason);
                break;
            case AccountEvent.UserChanged changed:
                cache.EvictUser(changed.UserId);
                foreach (var circuit in circuits.OfUser(changed.UserId))
                {
                    _ = RefreshAsync(circuit);
                }

                break;
        }
    }

    private void End(IReadOnlyList<string> ids, SessionEndReason reason)
    {
        cache.Evict(ids);
        circuits.End(ids, reason);
    }

    private async Task RefreshAsync(CircuitSession circuit)
    {
        try
        {
            await circuit.RefreshAsync();
        }
        catch (Exception exception)
        {
            Log.RefreshFailed(logger, circuit.CircuitId, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The sessions of open tabs could not be looked at; trying again.")]
        public static partial void HealFailed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "The tab of circuit {CircuitId} could not be given its new roles.")]
        public static partial void RefreshFailed(ILogger logger, string circuitId, Exception exception);
    }
}
