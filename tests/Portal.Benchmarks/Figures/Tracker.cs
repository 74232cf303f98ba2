using Microsoft.Extensions.Logging.Abstractions;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Benchmarks.Figures;

/// <summary>What the tracker of open tabs adds to the memory of a circuit.</summary>
internal static class Tracker
{
    private const int Circuits = 20_000;

    /// <summary>Managed bytes for each circuit of a session of its own: its entry, the session's life, the circuit's state.</summary>
    public static long BytesPerCircuit()
    {
        var time = TimeProvider.System;
        var events = new AccountEvents(time, NullLogger<AccountEvents>.Instance);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cache = new SessionCache(time);
        var live = new LiveCircuits(events, NullLogger<LiveCircuits>.Instance);
        var now = time.GetUtcNow();
        for (var number = 0; number < Circuits; number++)
        {
            var circuit = new CircuitSession();
            circuit.Open(Guid.CreateVersion7().ToString("N"), cache.LifeOf(SessionIds.New(now), number), now);
            live.Add(circuit);
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Circuits;
        GC.KeepAlive(cache);
        GC.KeepAlive(live);
        return bytes;
    }
}
