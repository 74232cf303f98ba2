using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Tests.Accounts.Sessions;

public class CircuitDoorTests
{
    private const string Secret = "the secret of the circuit";

    private readonly LiveCircuits circuits;
    private readonly CircuitDoor door;
    private readonly CircuitSession circuit = new();

    public CircuitDoorTests()
    {
        circuits = new LiveCircuits(new AccountEvents(TimeProvider.System, NullLogger<AccountEvents>.Instance), NullLogger<LiveCircuits>.Instance);
        door = new CircuitDoor(circuits, NullLogger<CircuitDoor>.Instance);
        circuit.Open("circuit", new SessionLife("own", 1), DateTimeOffset.UnixEpoch);
    }

    [Theory]
    [InlineData("StartCircuit")]
    [InlineData("ResumeCircuit")]
    [Trait("ASVS", "8.2.4")]
    public async Task Only_the_session_that_opened_a_circuit_comes_back_to_it(string start)
    {
        await OpenAsync(start);

        Assert.Equal(false, await AskAsync("ConnectCircuit", "another's", Secret));
        Assert.Equal(false, await AskAsync("ConnectCircuit", sid: null, Secret));
        Assert.Equal("reached", await AskAsync("ConnectCircuit", "own", Secret));
        Assert.False(circuit.IsOver);
    }

    [Fact]
    public async Task A_circuit_that_opens_at_once_is_known_too()
    {
        await door.InvokeMethodAsync(Invocation("StartCircuit", "own"), _ =>
        {
            Open();
            return ValueTask.FromResult<object?>(Secret);
        });

        Assert.Same(circuit, await KnownAsync());
    }

    [Fact]
    public async Task A_closed_circuit_leaves_nothing_behind()
    {
        await OpenAsync("StartCircuit");

        circuits.Remove(circuit);

        Assert.Null(circuits.FindBySecret(Secret));
        circuits.Know(circuit, Secret);
        Assert.Null(circuits.FindBySecret(Secret));
    }

    [Fact]
    public async Task What_nobody_opened_is_the_frameworks_to_refuse()
    {
        Assert.Equal("reached", await AskAsync("ConnectCircuit", "own", "made up"));
        Assert.Equal("reached", await AskAsync("OnLocationChanged", "own", Secret));
    }

    [Fact]
    public void The_framework_still_calls_its_methods_so()
    {
        var hub = typeof(Microsoft.AspNetCore.Components.Server.CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.ComponentHub", throwOnError: true)!;

        Assert.Equal(typeof(ValueTask<bool>), hub.GetMethod("ConnectCircuit", [typeof(string)])?.ReturnType);
        Assert.All(["StartCircuit", "ResumeCircuit", "UpdateRootComponents"], method => Assert.NotNull(hub.GetMethod(method)));
    }

    /// <summary>As the framework does it: the secret first, the circuit with its first component.</summary>
    private async Task OpenAsync(string start)
    {
        var caller = new Caller("own");
        await door.InvokeMethodAsync(Invocation(start, caller), _ => ValueTask.FromResult<object?>(Secret));
        await door.InvokeMethodAsync(Invocation("UpdateRootComponents", caller), _ =>
        {
            Open();
            return ValueTask.FromResult<object?>(null);
        });
        await KnownAsync();
    }

    private void Open()
    {
        circuits.Add(circuit);
        CircuitDoor.Opened(circuit);
    }

    private async Task<CircuitSession?> KnownAsync()
    {
        // What the door remembers it remembers on a thread of its own.
        while (circuits.FindBySecret(Secret) is null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return circuits.FindBySecret(Secret);
    }

    private ValueTask<object?> AskAsync(string method, string? sid, params object[] arguments) =>
        door.InvokeMethodAsync(Invocation(method, new Caller(sid), arguments), _ => ValueTask.FromResult<object?>("reached"));

    private static HubInvocationContext Invocation(string method, string sid) => Invocation(method, new Caller(sid));

    private static HubInvocationContext Invocation(string method, Caller caller, params object[] arguments) =>
        new(caller, new NoServices(), new TrialHub(), typeof(TrialHub).GetMethod(method)!, arguments);

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    /// <summary>Has methods called as the framework's.</summary>
    private sealed class TrialHub : Hub
    {
        public void StartCircuit() => throw new NotSupportedException();

        public void ResumeCircuit() => throw new NotSupportedException();

        public void UpdateRootComponents() => throw new NotSupportedException();

        public void ConnectCircuit() => throw new NotSupportedException();

        public void OnLocationChanged() => throw new NotSupportedException();
    }

    /// <summary>A connection of a session; of nobody's where the session is null.</summary>
    private sealed class Caller(string? sid) : HubCallerContext
    {
        public override string ConnectionId => "connection";

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal User { get; } = sid is null ? new() : new(new ClaimsIdentity([new Claim(SessionClaims.SessionIdType, sid)], "test"));

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort() => throw new NotSupportedException();
    }
}
