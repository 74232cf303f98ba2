using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Tests.Accounts.Sessions;

public class CircuitSessionTests
{
    [Fact]
    public void Whoever_asked_before_the_end_is_told_once()
    {
        var circuit = Opened();
        List<SessionEndReason?> told = [];
        using var _ = circuit.OnOver(told.Add);

        circuit.End(SessionEndReason.Revoked);
        circuit.End(SessionEndReason.Idle);

        Assert.Equal([SessionEndReason.Revoked], told);
        Assert.Equal(SessionEndReason.Revoked, circuit.EndReason);
    }

    [Fact]
    public void Whoever_asks_after_the_end_is_told_at_once()
    {
        var circuit = Opened();
        circuit.End(SessionEndReason.Deactivated);

        List<SessionEndReason?> told = [];
        using var _ = circuit.OnOver(told.Add);

        Assert.Equal([SessionEndReason.Deactivated], told);
    }

    [Fact]
    public void A_returning_connection_is_sent_away_once_more()
    {
        var circuit = Opened();
        List<SessionEndReason?> told = [];
        using var _ = circuit.OnOver(told.Add);
        circuit.LeaveAgain();
        Assert.Empty(told);

        circuit.End(SessionEndReason.Revoked);
        circuit.LeaveAgain();

        Assert.Equal([SessionEndReason.Revoked, SessionEndReason.Revoked], told);
    }

    [Fact]
    public void Who_no_longer_listens_is_not_told()
    {
        var circuit = Opened();
        List<SessionEndReason?> told = [];
        circuit.OnOver(told.Add).Dispose();

        circuit.End(SessionEndReason.Revoked);

        Assert.Empty(told);
    }

    [Fact]
    [Trait("ASVS", "8.3.1")]
    public async Task After_the_end_no_event_of_the_browser_is_handled()
    {
        var circuit = Opened();
        circuit.End(SessionEndReason.Revoked);
        var handled = false;

        await circuit.DispatchAsync(() => Handle(ref handled));

        Assert.False(handled);
    }

    [Fact]
    public async Task An_event_that_waits_in_line_when_the_session_ends_is_not_handled()
    {
        var circuit = Opened();
        Func<Task>? waiting = null;
        circuit.Shows("/account/sessions", work =>
        {
            waiting = work;
            return Task.CompletedTask;
        });
        var handled = false;

        await circuit.DispatchAsync(() => Handle(ref handled));
        circuit.End(SessionEndReason.Revoked);
        await waiting!();

        Assert.False(handled);
    }

    [Fact]
    public async Task While_the_session_lives_events_are_handled()
    {
        var circuit = Opened();
        circuit.Shows("/account/sessions", work => work());
        var handled = false;

        await circuit.DispatchAsync(() => Handle(ref handled));

        Assert.True(handled);
    }

    private static Task Handle(ref bool handled)
    {
        handled = true;
        return Task.CompletedTask;
    }

    private static CircuitSession Opened()
    {
        var circuit = new CircuitSession();
        circuit.Open("circuit", new SessionLife("session", 1), DateTimeOffset.UnixEpoch);
        return circuit;
    }
}
