using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using MudBlazor;
using Portal.Accounts.Credentials;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Sessions;

namespace Portal.Controls;

/// <summary>The password, a code or a passkey once more, sent by a request of its own, whose answer is the session's new key.</summary>
public sealed partial class StepUpDialog
{
    private const string FormId = "step-up";

    private readonly BusyCall _confirming = new();
    private EditContext _form = null!;
    private List<string> _errors = [];
    private string? _name;
    private bool _byCode;
    private bool _mayChoose;
    private bool _hasPasskey;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private IPasskeyConfirmation Passkeys { get; init; } = null!;

    [Inject] private ISecondFactorService Factors { get; init; } = null!;

    /// <summary>Whether the password does not do: what follows is in need of a second factor.</summary>
    [Parameter] public bool ByCodeOnly { get; set; }

    private StepUpInput Input { get; } = new();

    /// <summary>Asks, and waits until the person is proved; false when they would rather not.</summary>
    public static Task<bool> AskAsync(IDialogService dialogs) => AskAsync(dialogs, byCodeOnly: false);

    /// <summary>As the other, by the authenticator app or a recovery code alone.</summary>
    public static Task<bool> AskForCodeAsync(IDialogService dialogs) => AskAsync(dialogs, byCodeOnly: true);

    private static async Task<bool> AskAsync(IDialogService dialogs, bool byCodeOnly)
    {
        var parameters = new DialogParameters<StepUpDialog> { { dialog => dialog.ByCodeOnly, byCodeOnly } };
        var options = new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true };
        var dialog = await dialogs.ShowAsync<StepUpDialog>("Is it you?", parameters, options);
        return await dialog.Result is { Canceled: false };
    }

    protected override async Task OnInitializedAsync()
    {
        _form = new EditContext(Input);
        var person = (await Authentication.GetAuthenticationStateAsync()).User;
        _name = person.Identity?.Name;
        var hasApp = ByCodeOnly || await Factors.FindAsync(person) is { HasApp: true };
        // Where the app was never asked for in this session, the password alone proves too little.
        _byCode = ByCodeOnly || (hasApp && !person.HasSecondFactor());
        _mayChoose = hasApp && !_byCode;
        _hasPasskey = !ByCodeOnly && await Passkeys.IsPossibleAsync(person) && await NewPasskey.IsPossibleAsync(Script);
    }

    private async Task UsePasskeyAsync()
    {
        _errors = [];
        Take(await FormAnswer.ByPasskeyAsync(Script, FormId, $"{PortalUrls.ApiPath}/confirm-passkey"));
    }

    private void Switch() => (_byCode, _errors) = (!_byCode, []);

    private async Task ConfirmAsync()
    {
        if (string.IsNullOrEmpty(_byCode ? Input.Code : Input.Password))
        {
            _errors = [_byCode ? "Enter the code." : "Enter your password."];
            return;
        }

        Take(await FormAnswer.SendAsync(Script, FormId, $"{PortalUrls.ApiPath}/confirm-password"));
    }

    private void Take(FormAnswer answer)
    {
        if (answer.IsDone)
        {
            Dialog.Close(DialogResult.Ok(true));
            return;
        }

        _errors = [answer.Errors is [{ } problem, ..] ? problem.Message : answer.Sentence];
    }

    private sealed class StepUpInput
    {
        public string? Password { get; set; }

        public string? Code { get; set; }
    }
}
