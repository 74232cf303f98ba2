using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Portal.Accounts.Sessions;

/// <summary>Who may come back to a circuit: the session that opened it, nobody else.</summary>
/// <remarks>
/// The framework gives a circuit to whoever names its secret id, sends them what waited in it for its own person, and puts
/// them in that person's place. So the question is asked before its own method runs. A browser that is refused takes the
/// page away and asks for it anew; the circuit stays as it is, to wait for its own person. What the methods are called is
/// no promise of the framework: should it change, the circuit's handler still closes the tab, a moment after.
/// </remarks>
internal sealed partial class CircuitDoor(LiveCircuits circuits, ILogger<CircuitDoor> logger) : IHubFilter
{
    private static readonly object Key = new();
    private static readonly AsyncLocal<TaskCompletionSource<CircuitSession>?> Opening = new();

    /// <summary>Called on the flow that opens a circuit: the one way to learn which secret belongs to which.</summary>
    public static void Opened(CircuitSession circuit) => Opening.Value?.TrySetResult(circuit);

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next) =>
        invocation.HubMethodName switch
        {
            "StartCircuit" or "ResumeCircuit" => StartAsync(invocation, next),
            "UpdateRootComponents" => UpdateAsync(invocation, next),
            "ConnectCircuit" when IsStrangers(invocation) => ValueTask.FromResult<object?>(false),
            _ => next(invocation),
        };

    private async ValueTask<object?> StartAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var opening = new TaskCompletionSource<CircuitSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        invocation.Context.Items[Key] = Opening.Value = opening;
        var answer = await next(invocation);
        if (answer is string secret)
        {
            // Not waited for: the circuit opens later, with its first component.
            _ = RememberAsync(opening.Task, secret);
        }

        return answer;
    }

    private static async ValueTask<object?> UpdateAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        Opening.Value = invocation.Context.Items.TryGetValue(Key, out var opening) ? (TaskCompletionSource<CircuitSession>?)opening : null;
        return await next(invocation);
    }

    private bool IsStrangers(HubInvocationContext invocation)
    {
        if (invocation.HubMethodArguments is not [string secret] || circuits.FindBySecret(secret) is not { } circuit
            || circuit.SessionId == invocation.Context.User?.SessionId())
        {
            return false;
        }

        Log.Refused(logger, circuit.CircuitId, circuit.SessionId, invocation.Context.User?.SessionId());
        return true;
    }

    private async Task RememberAsync(Task<CircuitSession> opening, string secret) => circuits.Know(await opening, secret);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Circuit {CircuitId} of session {SessionId} was asked for by session {OtherId}, or by nobody's; refused.")]
        public static partial void Refused(ILogger logger, string circuitId, string? sessionId, string? otherId);
    }
}
