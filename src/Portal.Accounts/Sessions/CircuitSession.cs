using System.Collections.Immutable;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>One open tab, as the tracker knows it. Memory only.</summary>
/// <remarks>
/// Opened → (connected ↔ disconnected)* → closed, moved by the circuit's handler. Ending is a one-way switch that any
/// thread may turn: from then on no event of the browser reaches a component. Who asks to be told of the end is told
/// exactly once, whether they asked before or after, and again on each return of the connection.
/// </remarks>
internal sealed class CircuitSession : ICircuitSession
{
    private const int NotEnded = -1;

    private ImmutableArray<Leaving> leavings = [];
    private volatile int ended = NotEnded;
    private volatile bool isConnected;
    private volatile string page = "";
    private volatile Func<Func<Task>, Task>? dispatcher;

    public string CircuitId { get; private set; } = "";

    public SessionLife? Life { get; private set; }

    public string? SessionId => Life?.Id;

    public DateTimeOffset OpenedAt { get; private set; }

    public string Page => page;

    public bool IsConnected
    {
        get => isConnected;
        set => isConnected = value;
    }

    /// <summary>Reads the person anew and gives it to the circuit. Set by the handler.</summary>
    public Func<Task> RefreshAsync { get; set; } = () => Task.CompletedTask;

    public SessionEndReason? EndReason => ended is NotEnded ? null : (SessionEndReason)ended;

    public void Open(string circuitId, SessionLife? life, DateTimeOffset now) => (CircuitId, Life, OpenedAt) = (circuitId, life, now);

    public void Shows(string path, Func<Func<Task>, Task> invoke) => (page, dispatcher) = (path, invoke);

    public IDisposable OnEnded(Action<SessionEndReason> leave)
    {
        var leaving = new Leaving(this, leave);
        ImmutableInterlocked.Update(ref leavings, list => list.Add(leaving));
        if (EndReason is { } reason)
        {
            leaving.Tell(reason, again: false);
        }

        return leaving;
    }

    /// <summary>Ends this tab's session. The first reason stays.</summary>
    public void End(SessionEndReason reason)
    {
        if (Interlocked.CompareExchange(ref ended, (int)reason, NotEnded) is NotEnded)
        {
            Leave(again: false);
        }
    }

    /// <summary>Sends an ended tab away once more: what was sent while it was disconnected is lost.</summary>
    public void LeaveAgain() => Leave(again: true);

    /// <summary>Handles an event of the browser, unless the session has ended by the time its turn comes.</summary>
    public Task DispatchAsync(Func<Task> handle) => this switch
    {
        { EndReason: not null } => Task.CompletedTask,
        { dispatcher: { } invoke } => invoke(() => EndReason is null ? handle() : Task.CompletedTask),
        _ => handle(),
    };

    private void Leave(bool again)
    {
        if (EndReason is { } reason)
        {
            foreach (var leaving in leavings)
            {
                leaving.Tell(reason, again);
            }
        }
    }

    private sealed class Leaving(CircuitSession owner, Action<SessionEndReason> leave) : IDisposable
    {
        private int told;

        public void Tell(SessionEndReason reason, bool again)
        {
            if (Interlocked.Exchange(ref told, 1) == 0 || again)
            {
                leave(reason);
            }
        }

        public void Dispose() => ImmutableInterlocked.Update(ref owner.leavings, list => list.Remove(this));
    }
}
