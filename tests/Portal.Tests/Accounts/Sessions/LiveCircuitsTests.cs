using Microsoft.Extensions.Logging.Abstractions;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Tests.Accounts.Sessions;

public class LiveCircuitsTests
{
    private readonly AccountEvents events = new(TimeProvider.System, NullLogger<AccountEvents>.Instance);
    private readonly LiveCircuits circuits;
    private readonly List<AccountEvent> heard = [];

    public LiveCircuitsTests()
    {
        circuits = new LiveCircuits(events, NullLogger<LiveCircuits>.Instance);
        events.Subscribe(heard.Add);
    }

    [Fact]
    public void Two_tabs_of_a_session_are_counted_and_closing_one_leaves_the_other()
    {
        var (first, second) = (Open("c1", "s1"), Open("c2", "s1"));
        Assert.Equal(2, circuits.TabsOf("s1"));

        circuits.Remove(first);

        Assert.Equal(1, circuits.TabsOf("s1"));
        circuits.Remove(second);
        Assert.Equal(0, circuits.Count);
        Assert.Empty(circuits.SessionIds);
    }

    [Fact]
    public void A_tab_without_connection_is_not_online()
    {
        var tab = Open("c1", "s1");

        circuits.Connected(tab, isConnected: false);

        Assert.Equal(0, circuits.TabsOf("s1"));
        Assert.Equal(1, circuits.Count);
    }

    [Fact]
    public void Ending_a_session_reaches_all_of_its_tabs_and_no_neighbour()
    {
        var (first, second, neighbour) = (Open("c1", "s1"), Open("c2", "s1"), Open("c3", "s2"));

        circuits.End(["s1"], SessionEndReason.Administrator);

        Assert.Equal(SessionEndReason.Administrator, first.EndReason);
        Assert.Equal(SessionEndReason.Administrator, second.EndReason);
        Assert.Null(neighbour.EndReason);
    }

    [Fact]
    public void A_tab_that_fails_to_leave_harms_no_other()
    {
        var (broken, sound) = (Open("c1", "s1"), Open("c2", "s1"));
        broken.OnOver(_ => throw new InvalidOperationException("The browser is gone."));

        circuits.End(["s1"], SessionEndReason.Revoked);

        Assert.Equal(SessionEndReason.Revoked, broken.EndReason);
        Assert.Equal(SessionEndReason.Revoked, sound.EndReason);
    }

    [Fact]
    public void The_extra_down_and_up_of_a_quick_return_changes_nothing_in_the_end()
    {
        var tab = Open("c1", "s1");
        heard.Clear();

        circuits.Connected(tab, isConnected: true);
        circuits.Connected(tab, isConnected: false);
        circuits.Connected(tab, isConnected: true);
        circuits.Remove(tab);
        circuits.Remove(tab);

        Assert.Equal(0, circuits.Count);
        Assert.Equal(3, heard.Count);
    }

    [Fact]
    public void An_anonymous_tab_is_not_tracked()
    {
        var circuit = new CircuitSession();
        circuit.Open("c1", null, DateTimeOffset.UnixEpoch);

        circuits.Add(circuit);

        Assert.Equal(0, circuits.Count);
    }

    private CircuitSession Open(string circuitId, string sessionId)
    {
        var circuit = new CircuitSession();
        circuit.Open(circuitId, new SessionLife(sessionId, 1), DateTimeOffset.UnixEpoch);
        circuits.Add(circuit);
        circuits.Connected(circuit, isConnected: true);
        return circuit;
    }
}
