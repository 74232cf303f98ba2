using Portal.Accounts.Events;

namespace Portal.Tests.Web;

/// <summary>Events as a test lets them happen.</summary>
internal sealed class FakeEvents : IAccountEvents
{
    private readonly List<Action<AccountEvent>> handlers = [];

    public int Subscribers => handlers.Count;

    public IDisposable Subscribe(Action<AccountEvent> handler)
    {
        handlers.Add(handler);
        return new Subscription(() => handlers.Remove(handler));
    }

    public void Publish(AccountEvent happened) => handlers.ToList().ForEach(handler => handler(happened));

    private sealed class Subscription(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
