using Microsoft.JSInterop;
using Portal.Accounts.Profiles;

namespace Portal.Controls;

/// <summary>What the browser answered when it was asked for a new passkey.</summary>
/// <param name="Answer">The credential as JSON; null when there is none.</param>
/// <param name="Fault">What the browser calls the reason; null when there is one.</param>
internal sealed record NewPasskey(string? Answer, string? Fault)
{
    private const string Module = "./passkeys.js";

    /// <summary>Whether this browser knows passkeys at all.</summary>
    public static async Task<bool> IsPossibleAsync(IJSRuntime script)
    {
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", Module);
        return await module.InvokeAsync<bool>("isSupported");
    }

    /// <summary>Asks for one, which waits for the person.</summary>
    /// <param name="script">The page's script runtime.</param>
    /// <param name="options">As the door gave them.</param>
    public static async Task<NewPasskey> AskAsync(IJSRuntime script, string options)
    {
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", Module);
        // As long as the person takes; the browser gives up by itself.
        return await module.InvokeAsync<NewPasskey>("create", Timeout.InfiniteTimeSpan, options);
    }

    /// <summary>Tells password managers which are the person's, where the browser can.</summary>
    public static async Task SignalAsync(IJSRuntime script, PasskeySignal signal)
    {
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", Module);
        await module.InvokeVoidAsync("signal", signal);
    }
}
