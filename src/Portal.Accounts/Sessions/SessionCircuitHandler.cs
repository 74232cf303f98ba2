using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>Ties a circuit to its session from the first breath to the last. Scoped: one a circuit.</summary>
/// <remarks>
/// Order: the circuit is put into the tracker first and the session looked up second. An end that commits before the
/// look-up is seen by it; one that commits later finds the circuit in the tracker. Opened and up both run before any
/// component does. What arrives on a circuit does not count as activity: acknowledgements of pushed changes arrive there
/// too and would keep a forgotten tab signed in for ever; the page's script tells of a person by a request. On a return the
/// framework still holds the old person when "up" is called, so the row decides there. Right after it puts whoever connected
/// in the old person's place, whoever that is: a person of another session closes the tab.
/// </remarks>
internal sealed partial class SessionCircuitHandler(
    CircuitSession circuitSession,
    LiveCircuits circuits,
    SessionCache cache,
    SessionStore store,
    SessionEnder ender,
    AuthenticationStateProvider authentication,
    TimeProvider time,
    ILogger<SessionCircuitHandler> logger) : CircuitHandler
{
    private bool returns;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) => OpenAsync(circuit.Id);

    internal async Task OpenAsync(string circuitId)
    {
        var person = (await authentication.GetAuthenticationStateAsync()).User;
        var life = person.SessionId() is { } id && person.UserId() is { } userId ? cache.LifeOf(id, userId) : null;
        circuitSession.Open(circuitId, life, time.GetUtcNow());
        circuitSession.RefreshAsync = RefreshAsync;
        circuitSession.EndOver = EndIfOverAsync;
        circuitSession.PageShown = circuits.PageShown;
        // Before any component does, so that this one hears first.
        authentication.AuthenticationStateChanged += PersonChanged;
        circuits.Add(circuitSession);
        CircuitDoor.Opened(circuitSession);
        await RefreshAsync();
    }

    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // The first time follows right upon opening, which has just looked.
        if (returns && !circuitSession.IsOver)
        {
            await RefreshAsync();
        }

        returns = true;
        circuits.Connected(circuitSession, isConnected: !circuitSession.IsOver);
        circuitSession.LeaveAgain();
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        circuits.Connected(circuitSession, isConnected: false);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        authentication.AuthenticationStateChanged -= PersonChanged;
        circuitSession.IsConnected = false;
        circuits.Remove(circuitSession);
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        async context =>
        {
            await EndIfOverAsync();
            await circuitSession.DispatchAsync(() => next(context));
        };

    private void PersonChanged(Task<AuthenticationState> state) => _ = CompareAsync(state);

    private async Task CompareAsync(Task<AuthenticationState> state)
    {
        // Runs through at once: whoever sets a person has them.
        var person = (await state).User;
        if (person.SessionId() == circuitSession.SessionId)
        {
            circuitSession.Person = person;
            return;
        }

        if (person.SessionId() is null && circuitSession.IsOver)
        {
            return;
        }

        circuitSession.TakeOver();
        // Somebody else is there; the tab's own person is not.
        circuits.Connected(circuitSession, isConnected: false);
        // Nobody's from now on; once the others have heard of the stranger, so that this is the last they hear.
        await Task.Yield();
        Set(new ClaimsPrincipal());
    }

    private async Task EndIfOverAsync()
    {
        if (circuitSession is not { IsOver: false, Life: { } life } || life.OverAt(time.GetUtcNow()) is not { } reason)
        {
            return;
        }

        if (reason is SessionEndReason.Idle && await WasSeenElsewhereAsync(life))
        {
            return;
        }

        // The clock decides, so the tab is closed whatever else the database says, and when it says nothing.
        circuitSession.End(reason);
        try
        {
            await ender.EndAsync(SessionFilter.One(life.Id), new SessionEnd(reason), CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Thrown on, it would end the circuit before the page has left. The next request or the sweeper marks the row.
            Log.NotMarked(logger, life.Id, reason, exception);
        }
    }

    /// <summary>Whether another node saw the person since, as the row has it.</summary>
    private async Task<bool> WasSeenElsewhereAsync(SessionLife life)
    {
        try
        {
            // Reading the row brings the life up to it.
            return (await store.FindPersonAsync(life.Id, CancellationToken.None)).Person is not null;
        }
        catch (Exception exception)
        {
            Log.NotAsked(logger, life.Id, exception);
            return false;
        }
    }

    /// <summary>Gives the circuit the person as the database has them now, or ends it.</summary>
    private async Task RefreshAsync()
    {
        if (circuitSession.Life is not { } life)
        {
            return;
        }

        var found = await store.FindPersonAsync(life.Id, CancellationToken.None);
        if (found.Person is null)
        {
            circuitSession.End(found.EndReason ?? SessionEndReason.Expired);
        }

        Set(found.Person ?? new());
    }

    private void Set(ClaimsPrincipal person)
    {
        if (authentication is IHostEnvironmentAuthenticationStateProvider host)
        {
            host.SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Session {SessionId} is over ({Reason}) and its tab is closed, but the database could not be told yet.")]
        public static partial void NotMarked(ILogger logger, string sessionId, SessionEndReason reason, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Whether session {SessionId} was seen elsewhere could not be asked; its tab here closes as idle.")]
        public static partial void NotAsked(ILogger logger, string sessionId, Exception exception);
    }
}
