using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Credentials;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn.External;

namespace Portal.Controls;

/// <summary>
/// The password, a code or a passkey once more, sent by a request of its own, whose answer is the session's new key; or a
/// provider, in a window of its own, which tells the browser's other pages when the new key is there: going on before that
/// would be by a key that no longer counts.
/// </summary>
public sealed partial class StepUpDialog
{
    private const string FormId = "step-up";

    private readonly BusyCall _confirming = new();
    private EditContext _form = null!;
    private List<string> _errors = [];
    private string? _name;
    private bool _isRead;
    private bool _byCode;
    private bool _mayChoose;
    private bool _hasPasskey;
    private bool _hasPassword;
    private IReadOnlyList<LinkedIdentityInfo> _providers = [];
    private ClaimsPrincipal _person = new();
    private bool _awaitsProvider;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private IPasskeyConfirmation Passkeys { get; init; } = null!;

    [Inject] private ISecondFactorService Factors { get; init; } = null!;

    [Inject] private IIdentityService Identities { get; init; } = null!;

    [Inject] private IOptions<AccountsOptions> Accounts { get; init; } = null!;

    /// <summary>Whether neither password nor provider does: what follows is in need of a second factor.</summary>
    [Parameter] public bool BySecondFactor { get; set; }

    private StepUpInput Input { get; } = new();

    private string Asked
    {
        get
        {
            List<string> ways = [];
            ways.AddRange(_providers.Count > 0 ? [$"confirm with {string.Join(" or ", _providers.Select(identity => identity.Provider))}"] : []);
            ways.AddRange(_hasPasskey ? ["use a passkey"] : []);
            ways.AddRange(_byCode ? ["enter the code that your authenticator app shows, or a recovery code"] : _hasPassword ? ["enter your password"] : []);
            return ways.Count > 0 ? $"To be sure it is you, {string.Join(" or ", ways)}." : "Your account has nothing yet that can prove that it is you now.";
        }
    }

    /// <summary>Asks, and waits until the person is proved; false when they would rather not.</summary>
    public static Task<bool> AskAsync(IDialogService dialogs) => AskAsync(dialogs, bySecondFactor: false);

    /// <summary>As the other, by what makes the session one of several factors: a passkey, the authenticator app, or a recovery code.</summary>
    public static Task<bool> AskForSecondFactorAsync(IDialogService dialogs) => AskAsync(dialogs, bySecondFactor: true);

    private static async Task<bool> AskAsync(IDialogService dialogs, bool bySecondFactor)
    {
        var parameters = new DialogParameters<StepUpDialog> { { dialog => dialog.BySecondFactor, bySecondFactor } };
        var options = new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true };
        var dialog = await dialogs.ShowAsync<StepUpDialog>("Is it you?", parameters, options);
        return await dialog.Result is { Canceled: false };
    }

    protected override async Task OnInitializedAsync()
    {
        _form = new EditContext(Input);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        _name = _person.Identity?.Name;
        var hasApp = await Factors.FindAsync(_person) is { HasApp: true };
        var identities = BySecondFactor ? null : await Identities.FindAsync(_person);
        _hasPassword = identities?.HasPassword == true;
        // Where the app was never asked for in this session, the password or a provider alone proves too little.
        var needsCode = hasApp && !_person.HasSecondFactor();
        _byCode = hasApp && (needsCode || !_hasPassword);
        _mayChoose = hasApp && !_byCode;
        _providers = needsCode ? [] : [.. identities?.Linked.Where(identity => identity.IsUsable) ?? []];
        // What the browser says comes later.
        _isRead = true;
        StateHasChanged();
        _hasPasskey = await Passkeys.IsPossibleAsync(_person) && await NewPasskey.IsPossibleAsync(Script);
    }

    private async Task GoOnWhenProvedAsync()
    {
        // A page that sent nobody to a provider waits for nobody.
        if (_awaitsProvider && !await Identities.NeedsRecentAuthenticationAsync(_person, CancellationToken.None))
        {
            Dialog.Close(DialogResult.Ok(true));
        }
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
