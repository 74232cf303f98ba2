using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Portal.Admin;

/// <summary>Asks whether and why something is taken from somebody.</summary>
public sealed partial class ReasonDialog
{
    private const string FormId = "why";

    private string? _reason;
    private string? _typed;
    private string? _reasonError;
    private string? _typedError;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>What follows from it.</summary>
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    /// <summary>What the confirming button says.</summary>
    [Parameter, EditorRequired] public string Verb { get; set; } = "";

    [Parameter] public ReasonWish Reason { get; set; }

    /// <summary>The address that has to be typed; null for none.</summary>
    [Parameter] public string? TypedToConfirm { get; set; }

    /// <summary>Asks and waits. Null for a no; else the reason, empty where none was given.</summary>
    public static async Task<string?> AskAsync(IDialogService dialogs, string title, string text, string verb, ReasonWish reason, string? typedToConfirm = null)
    {
        var parameters = new DialogParameters<ReasonDialog>
        {
            { dialog => dialog.Text, text },
            { dialog => dialog.Verb, verb },
            { dialog => dialog.Reason, reason },
            { dialog => dialog.TypedToConfirm, typedToConfirm },
        };
        var dialog = await dialogs.ShowAsync<ReasonDialog>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true });
        return await dialog.Result is { Canceled: false, Data: string why } ? why : null;
    }

    private void Confirm()
    {
        _typedError = TypedToConfirm is not null && !string.Equals(_typed?.Trim(), TypedToConfirm, StringComparison.OrdinalIgnoreCase)
            ? "This is not their address. Type it as it stands below."
            : null;
        _reasonError = Reason is ReasonWish.Required && string.IsNullOrWhiteSpace(_reason) ? "Say why." : null;
        if (_typedError is null && _reasonError is null)
        {
            Dialog.Close(DialogResult.Ok(_reason?.Trim() ?? ""));
        }
    }
}
