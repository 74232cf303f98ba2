namespace Portal.Accounts.Events;

/// <summary>What happens to accounts, as it happens: in this process at once, from other processes within two seconds.</summary>
public interface IAccountEvents
{
    /// <summary>
    /// Hears every event until the returned handle is disposed. The handler is called after the change was committed, on
    /// the thread that made it: it must not block and must hop onto its own circuit before touching a component. What it
    /// throws is logged and harms nobody else. Events can be lost: a receiver that matters also looks for itself.
    /// </summary>
    /// <param name="handler">Called for each event, possibly from several threads at once.</param>
    IDisposable Subscribe(Action<AccountEvent> handler);
}
