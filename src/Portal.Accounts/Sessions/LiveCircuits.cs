using Microsoft.Extensions.Logging;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>The open tabs of this node, by circuit and grouped by session.</summary>
/// <remarks>
/// Keyed by circuit id, never by user name: two tabs are two circuits, and closing one leaves the other. Every change is
/// idempotent, because the framework pairs an extra down and up when a browser reconnects before its loss was noticed.
/// One lock; callbacks run outside it.
/// </remarks>
internal sealed partial class LiveCircuits(AccountEvents events, ILogger<LiveCircuits> logger)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Dictionary<string, CircuitSession>> bySession = [];
    private readonly Dictionary<string, CircuitSession> bySecret = [];

    /// <summary>Open circuits, connected or waiting to be.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return bySession.Values.Sum(circuits => circuits.Count);
            }
        }
    }

    /// <summary>The sessions with at least one circuit here.</summary>
    public IReadOnlyList<string> SessionIds
    {
        get
        {
            lock (gate)
            {
                return [.. bySession.Keys];
            }
        }
    }

    public void Add(CircuitSession circuit)
    {
        if (circuit.Life is not { } life)
        {
            return;
        }

        lock (gate)
        {
            (bySession.TryGetValue(life.Id, out var circuits) ? circuits : bySession[life.Id] = [])[circuit.CircuitId] = circuit;
        }
    }

    public void Remove(CircuitSession circuit)
    {
        if (circuit.Life is not { } life)
        {
            return;
        }

        bool removed;
        lock (gate)
        {
            removed = bySession.TryGetValue(life.Id, out var circuits) && circuits.Remove(circuit.CircuitId);
            if (circuit.Secret is { } secret)
            {
                bySecret.Remove(secret);
            }

            if (circuits is { Count: 0 })
            {
                bySession.Remove(life.Id);
            }
        }

        if (removed)
        {
            TabsChanged(life);
        }
    }

    /// <summary>Remembers the secret by which a browser asks for this circuit again, while the circuit is open.</summary>
    public void Know(CircuitSession circuit, string secret)
    {
        lock (gate)
        {
            if (circuit.SessionId is { } id && bySession.TryGetValue(id, out var circuits) && circuits.ContainsKey(circuit.CircuitId))
            {
                circuit.Secret = secret;
                bySecret[secret] = circuit;
            }
        }
    }

    /// <summary>The open circuit that this secret asks for; null when none is known by it.</summary>
    public CircuitSession? FindBySecret(string secret)
    {
        lock (gate)
        {
            return bySecret.GetValueOrDefault(secret);
        }
    }

    /// <summary>A tab's connection came or went.</summary>
    public void Connected(CircuitSession circuit, bool isConnected)
    {
        if (circuit.IsConnected != isConnected)
        {
            circuit.IsConnected = isConnected;
            if (circuit.Life is { } life)
            {
                TabsChanged(life);
            }
        }
    }

    /// <summary>How many connected tabs a session has on this node.</summary>
    public int TabsOf(string sessionId)
    {
        lock (gate)
        {
            return bySession.TryGetValue(sessionId, out var circuits) ? circuits.Values.Count(circuit => circuit.IsConnected) : 0;
        }
    }

    /// <summary>Sends every tab of these sessions away, now.</summary>
    public void End(IReadOnlyList<string> sessionIds, SessionEndReason reason)
    {
        foreach (var circuit in Of(sessionIds))
        {
            try
            {
                circuit.End(reason);
            }
            catch (Exception exception)
            {
                Log.LeavingFailed(logger, circuit.CircuitId, exception);
            }
        }
    }

    /// <summary>All tabs, by user.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<CircuitSession>> ByUser()
    {
        lock (gate)
        {
            return bySession.Values.SelectMany(circuits => circuits.Values)
                .GroupBy(circuit => circuit.Life!.UserId)
                .ToDictionary(user => user.Key, IReadOnlyList<CircuitSession> (user) => [.. user]);
        }
    }

    /// <summary>The people with at least one connected tab here.</summary>
    public IReadOnlyList<long> OnlineUserIds => [.. Connected().Select(tab => tab.Life!.UserId).Distinct()];

    /// <summary>The sessions with at least one connected tab here.</summary>
    public IReadOnlyList<string> OnlineIds
    {
        get
        {
            lock (gate)
            {
                return [.. bySession.Where(session => session.Value.Values.Any(circuit => circuit.IsConnected)).Select(session => session.Key)];
            }
        }
    }

    /// <summary>The connected tabs.</summary>
    public IReadOnlyList<CircuitSession> Connected()
    {
        lock (gate)
        {
            return [.. bySession.Values.SelectMany(circuits => circuits.Values).Where(circuit => circuit.IsConnected)];
        }
    }

    /// <summary>A tab shows another page.</summary>
    public void PageShown(SessionLife life) => events.Publish(new AccountEvent.PageShown(life.UserId, life.Id));

    /// <summary>The tabs of a user, also those in which they act as somebody else, for giving them their new roles and names.</summary>
    public IReadOnlyList<CircuitSession> OfUser(long userId)
    {
        lock (gate)
        {
            return [.. bySession.Values.SelectMany(circuits => circuits.Values).Where(circuit => circuit.Life is { } life && (life.UserId == userId || life.By?.UserId == userId))];
        }
    }

    private List<CircuitSession> Of(IReadOnlyList<string> sessionIds)
    {
        lock (gate)
        {
            return [.. sessionIds.SelectMany(id => bySession.TryGetValue(id, out var circuits) ? circuits.Values.ToArray() : [])];
        }
    }

    private void TabsChanged(SessionLife life) => events.Publish(new AccountEvent.TabsChanged(life.UserId, life.Id));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The tab of circuit {CircuitId} could not be sent away; its events are refused all the same.")]
        public static partial void LeavingFailed(ILogger logger, string circuitId, Exception exception);
    }
}
