using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using MudBlazor;

namespace Portal.Controls;

/// <summary>The password once more, sent by a request of its own, whose answer is the session's new key.</summary>
public sealed partial class StepUpDialog
{
    private const string FormId = "step-up";

    private readonly BusyCall _confirming = new();
    private EditContext _form = null!;
    private List<string> _errors = [];
    private string? _name;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    private StepUpInput Input { get; } = new();

    /// <summary>Asks, and waits until the person is proved; false when they would rather not.</summary>
    public static async Task<bool> AskAsync(IDialogService dialogs)
    {
        var options = new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true };
        var dialog = await dialogs.ShowAsync<StepUpDialog>("Is it you?", options);
        return await dialog.Result is { Canceled: false };
    }

    protected override async Task OnInitializedAsync()
    {
        _form = new EditContext(Input);
        _name = (await Authentication.GetAuthenticationStateAsync()).User.Identity?.Name;
    }

    private async Task ConfirmAsync()
    {
        var answer = await FormAnswer.SendAsync(Script, FormId, $"{PortalUrls.ApiPath}/confirm-password");
        if (answer.IsDone)
        {
            Dialog.Close(DialogResult.Ok(true));
            return;
        }

        _errors = [answer.Errors is [{ } problem, ..] ? problem.Message : answer.Sentence];
    }

    private sealed class StepUpInput
    {
        [Required(ErrorMessage = "Enter your password.")]
        public string? Password { get; set; }
    }
}
