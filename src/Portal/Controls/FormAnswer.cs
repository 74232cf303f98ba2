using Microsoft.JSInterop;

namespace Portal.Controls;

/// <summary>
/// What a request said that an interactive page sent by its script, because the answer gives the browser a new cookie, which
/// cannot travel on a circuit.
/// </summary>
/// <param name="Status">The HTTP status; 0 when the portal could not be reached.</param>
/// <param name="Detail">A sentence for the person; null when there is none.</param>
/// <param name="Errors">What is wrong with single fields, by the names the request has for them.</param>
/// <param name="Ended">How many sessions it ended.</param>
internal sealed record FormAnswer(int Status, string? Detail, IReadOnlyList<FormAnswer.FieldProblem> Errors, int Ended)
{
    public bool IsDone => Status is >= 200 and < 300;

    /// <summary>What to say where no single field is to blame.</summary>
    public string Sentence => Status == 0
        ? "The portal cannot be reached. What you typed is still here; try again."
        : Detail ?? "That did not work. Try again.";

    /// <summary>Sends the fields of a form that are marked with <c>data-field</c>, with its antiforgery token.</summary>
    /// <param name="script">The page's script runtime.</param>
    /// <param name="formId">The form's id.</param>
    /// <param name="url">Where to.</param>
    public static async Task<FormAnswer> SendAsync(IJSRuntime script, string formId, string url)
    {
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", "./send.js");
        return await module.InvokeAsync<FormAnswer>("send", formId, url);
    }

    /// <summary>Has the browser ask for a passkey, and sends what it answers.</summary>
    /// <param name="script">The page's script runtime.</param>
    /// <param name="formId">A form with an antiforgery token.</param>
    /// <param name="url">Where to; what to ask for stands behind it at <c>/options</c>.</param>
    public static async Task<FormAnswer> ByPasskeyAsync(IJSRuntime script, string formId, string url)
    {
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", "./passkeys.js");
        // As long as the person takes; the browser gives up by itself.
        return await module.InvokeAsync<FormAnswer>("confirm", Timeout.InfiniteTimeSpan, formId, url);
    }

    internal sealed record FieldProblem(string Field, string Message);
}
