using System.Collections.Immutable;
using System.Security.Claims;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>One open tab, as the tracker knows it. Memory only.</summary>
/// <remarks>
/// Opened → (connected ↔ disconnected)* → closed, moved by the circuit's handler. Over is a one-way switch that any thread
/// may turn, because the session ended or because somebody else's connection reached the tab: from then on no event of the
/// browser reaches a component. Who asks to be told is told exactly once, whether they asked before or after, and again on
/// each return of the connection.
/// </remarks>
internal sealed class CircuitSession : ICircuitSession
{
    // Values of a switch whose others are reasons.
    private const int NotOver = -1;
    private const int TakenOver = -2;

    private ImmutableArray<Leaving> leavings = [];
    private volatile int over = NotOver;
    private volatile bool isConnected;
    private volatile string page = "";
    private volatile Func<Func<Task>, Task>? dispatcher;
    private volatile ClaimsPrincipal? person;

    public string CircuitId { get; private set; } = "";

    /// <summary>What the browser asks for this circuit with; null until it is known. Opens the tab: never logged, never shown.</summary>
    public string? Secret { get; set; }

    public SessionLife? Life { get; private set; }

    public string? SessionId => Life?.Id;

    public (DateTimeOffset From, DateTimeOffset Until)? IdleWarning => Life?.Warning;

    public DateTimeOffset OpenedAt { get; private set; }

    public string Page => page;

    public bool IsConnected
    {
        get => isConnected;
        set => isConnected = value;
    }

    /// <summary>Whom the circuit's components were given last; null before the first time. Set by the handler.</summary>
    public ClaimsPrincipal? Person
    {
        get => person;
        set => person = value;
    }

    /// <summary>Reads the person anew and gives it to the circuit. Set by the handler.</summary>
    public Func<Task> RefreshAsync { get; set; } = () => Task.CompletedTask;

    /// <summary>Ends the session if it is past a limit. Set by the handler.</summary>
    public Func<Task> EndOver { get; set; } = () => Task.CompletedTask;

    public SessionEndReason? EndReason => over < 0 ? null : (SessionEndReason)over;

    /// <summary>Whether the tab shows nothing any more: its session ended, or the tab is somebody else's.</summary>
    public bool IsOver => over is not NotOver;

    public void Open(string circuitId, SessionLife? life, DateTimeOffset now) => (CircuitId, Life, OpenedAt) = (circuitId, life, now);

    /// <summary>Tells that the tab shows another page. Set by the handler.</summary>
    public Action<SessionLife>? PageShown { get; set; }

    public void Shows(string path, Func<Func<Task>, Task> invoke)
    {
        var isAnother = page != path;
        (page, dispatcher) = (path, invoke);
        if (isAnother && Life is { } life)
        {
            PageShown?.Invoke(life);
        }
    }

    public void Seen(DateTimeOffset now)
    {
        if (!IsOver)
        {
            Life?.See(now);
        }
    }

    public Task EndIfOverAsync() => EndOver();

    public IDisposable OnOver(Action<SessionEndReason?> leave)
    {
        var leaving = new Leaving(this, leave);
        ImmutableInterlocked.Update(ref leavings, list => list.Add(leaving));
        if (IsOver)
        {
            leaving.Tell(EndReason, again: false);
        }

        return leaving;
    }

    /// <summary>Closes the tab because its session ended. What turned the switch first stays.</summary>
    public void End(SessionEndReason reason) => TurnOver((int)reason);

    /// <summary>Closes the tab to somebody else whose connection reached it. The session itself goes on.</summary>
    public void TakeOver() => TurnOver(TakenOver);

    /// <summary>Sends a tab that is over away once more: what was sent while it was disconnected is lost.</summary>
    public void LeaveAgain() => Leave(again: true);

    /// <summary>Handles an event of the browser, unless the tab is over by the time its turn comes.</summary>
    public Task DispatchAsync(Func<Task> handle) => this switch
    {
        { IsOver: true } => Task.CompletedTask,
        { dispatcher: { } invoke } => invoke(() => IsOver ? Task.CompletedTask : handle()),
        _ => handle(),
    };

    private void TurnOver(int to)
    {
        if (Interlocked.CompareExchange(ref over, to, NotOver) is NotOver)
        {
            Leave(again: false);
        }
    }

    private void Leave(bool again)
    {
        if (IsOver)
        {
            foreach (var leaving in leavings)
            {
                leaving.Tell(EndReason, again);
            }
        }
    }

    private sealed class Leaving(CircuitSession owner, Action<SessionEndReason?> leave) : IDisposable
    {
        private int told;

        public void Tell(SessionEndReason? reason, bool again)
        {
            if (Interlocked.Exchange(ref told, 1) == 0 || again)
            {
                leave(reason);
            }
        }

        public void Dispose() => ImmutableInterlocked.Update(ref owner.leavings, list => list.Remove(this));
    }
}
