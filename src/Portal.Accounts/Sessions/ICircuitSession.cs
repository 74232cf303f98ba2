using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>The session this circuit (one open tab) belongs to. Scoped: injected into the one control that guards a page.</summary>
public interface ICircuitSession
{
    /// <summary>The session's public id; null on an anonymous circuit and while a page is rendered without a circuit.</summary>
    string? SessionId { get; }

    /// <summary>Why the session ended; null while it lives. Once set, it stays, and no event of the browser is handled any more.</summary>
    SessionEndReason? EndReason { get; }

    /// <summary>
    /// The moment from which to warn that nobody seems to be there any more, and the moment at which the session ends of
    /// that: two minutes, or a fifth of a limit under ten. Moves on with every sign of somebody in any tab of the session.
    /// Null on an anonymous circuit, and where the session's age ends it first.
    /// </summary>
    (DateTimeOffset From, DateTimeOffset Until)? IdleWarning { get; }

    /// <summary>Tells that somebody is at the page. Comes too late once the session is over.</summary>
    /// <param name="now">The moment.</param>
    void Seen(DateTimeOffset now);

    /// <summary>Ends the session where it is past one of its limits by now, with all its pages; else does nothing.</summary>
    Task EndIfOverAsync();

    /// <summary>
    /// Calls back once when the page is over, at once if it is already, and again when a lost connection returns to it.
    /// Called on the thread that noticed: hop onto the circuit before touching a component.
    /// </summary>
    /// <param name="leave">
    /// Must take the browser away from the page. Given why the session ended; null when it goes on but the connection came
    /// back as somebody else's, for whom the page must be asked for anew.
    /// </param>
    IDisposable OnOver(Action<SessionEndReason?> leave);

    /// <summary>
    /// Tells the tracker which page the tab shows, and lends it the circuit's dispatcher, on which it looks once more
    /// before an event of the browser is handled.
    /// </summary>
    /// <param name="path">The page's path, without its query.</param>
    /// <param name="invoke">The page's <c>InvokeAsync</c>.</param>
    void Shows(string path, Func<Func<Task>, Task> invoke);
}
