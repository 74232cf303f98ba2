using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Portal.Accounts;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.SignIn.External;
using Portal.Controls;

namespace Portal.Profile;

public sealed partial class PasswordPanel
{
    private const string FormId = "change-password";

    private readonly BusyCall _changing = new();
    private EditContext _form = null!;
    private Refusals _refusals = null!;
    private string? _name;
    private bool? _hasPassword;
    private bool _hasApp;
    private string? _done;
    private bool _toStatus;
    private ElementReference _status;

    [Inject] private IJSRuntime Script { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private IIdentityService Identities { get; init; } = null!;

    [Inject] private ISecondFactorService Factors { get; init; } = null!;

    /// <summary>Beside a second factor a password may be shorter. Looked up once: what changes meanwhile is told when it is sent.</summary>
    private int Minimum => _hasApp ? Passwords.Value.MinimumLengthWithSecondFactor : Passwords.Value.MinimumLength;

    private PasswordInput Input { get; set; } = new();

    protected override async Task OnInitializedAsync()
    {
        StartOver();
        var person = (await Authentication.GetAuthenticationStateAsync()).User;
        _name = person.Identity?.Name;
        _hasApp = await Factors.FindAsync(person) is { HasApp: true };
        // Null when the session has ended: the page is about to go.
        _hasPassword = (await Identities.FindAsync(person))?.HasPassword;
    }

    /// <summary>The form is a new one, and what was pressed is gone: what was done has the focus.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toStatus)
        {
            _toStatus = false;
            try
            {
                await _status.FocusAsync();
            }
            catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
            {
                // The connection went away meanwhile; the words are there when it is back.
            }
        }
    }

    private void StartOver()
    {
        Input = new();
        _form = new EditContext(Input);
        _refusals = new Refusals(_form);
    }

    private async Task ChangeAsync()
    {
        _done = null;
        _refusals.Clear();
        var answer = await FormAnswer.SendAsync(Script, FormId, $"{PortalUrls.ApiPath}/change-password");
        if (answer.IsDone)
        {
            (_done, _toStatus) = (Words(answer.Ended), true);
            StartOver();
        }
        else if (answer.Errors.Count > 0)
        {
            _refusals.Add(answer.Errors.Select(error => new FieldError(FieldOf(error.Field), error.Message)));
        }
        else
        {
            _refusals.Add(answer.Sentence);
        }
    }

    private static string FieldOf(string field) => field == "new_password" ? nameof(PasswordInput.Password) : nameof(PasswordInput.Current);

    private static string Words(int ended) => ended switch
    {
        0 => "No other device was signed in.",
        1 => "One other device was signed out.",
        _ => string.Create(CultureInfo.CurrentCulture, $"{ended} other devices were signed out."),
    };

    private sealed class PasswordInput
    {
        [Required(ErrorMessage = "Enter the password you have now.")]
        public string? Current { get; set; }

        [Required(ErrorMessage = "Choose a new password.")]
        public string? Password { get; set; }

        [Required(ErrorMessage = "Type the new password once more.")]
        [Compare(nameof(Password), ErrorMessage = "The two passwords differ. Type the same one twice.")]
        public string? ConfirmPassword { get; set; }
    }
}
