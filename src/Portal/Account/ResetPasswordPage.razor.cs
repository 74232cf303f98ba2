using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Portal.Accounts.Recovery;
using Portal.Accounts.Users;
using Portal.Controls;

namespace Portal.Account;

public sealed partial class ResetPasswordPage
{
    private const string AgainForm = "reset-again";

    private EditContext _form = null!;
    private Refusals _refusals = null!;
    private State _state;
    private int _minimum;

    private enum State
    {
        Invalid,
        Used,
        Expired,
        Open,
        Sent,
        Done,
        Disabled,
    }

    [Inject] private IRecoveryService Recovery { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private ResetInput? Input { get; set; }

    [SupplyParameterFromQuery] private string? User { get; set; }

    [SupplyParameterFromQuery] private string? Token { get; set; }

    /// <summary>How many sessions the link ended; there only where it has just done its work.</summary>
    [SupplyParameterFromQuery(Name = "ended")] private int? EndedSessions { get; set; }

    private long UserId => AccountPages.UserIdIn(User);

    private string Ended => EndedSessions switch
    {
        0 => "No device was signed in.",
        1 => "One device was signed out.",
        _ => string.Create(CultureInfo.CurrentCulture, $"{EndedSessions} devices were signed out."),
    };

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        _form = new EditContext(Input);
        _refusals = new Refusals(_form);
        if (!HttpMethods.IsGet(Http.Request.Method))
        {
            // A form is there to be handled when it is sent, however its link stands by then: the outcome tells.
            _state = PostedField.ValueOf(Http, "_handler") == AgainForm ? State.Expired : State.Open;
            await MeasureAsync();
            return;
        }

        if (!Accounts.Value.Recovery)
        {
            Disable();
            return;
        }

        Show(await Recovery.StatusOfAsync(UserId, Token, Http.RequestAborted));
        await MeasureAsync();
        if (_state is State.Done)
        {
            SiteData.Clear(Http.Response);
        }
    }

    private async Task MeasureAsync()
    {
        if (_state is State.Open)
        {
            _minimum = await Recovery.MinimumLengthAsync(UserId, Token, Http.RequestAborted);
        }
    }

    private void Show(OneTimeLinkStatus status) => _state = status switch
    {
        OneTimeLinkStatus.Usable => State.Open,
        OneTimeLinkStatus.Expired => State.Expired,
        // Whoever makes the address up has no link that was used.
        OneTimeLinkStatus.Used => EndedSessions is null ? State.Used : State.Done,
        _ => State.Invalid,
    };

    private async Task ResetAsync() => Show(await Recovery.ResetAsync(Http, UserId, Token, Input!.Password!, Http.RequestAborted));

    private async Task SendAgainAsync() => Show(await Recovery.RequestAgainAsync(Http, UserId, Token, Http.RequestAborted));

    private void Show(RecoveryOutcome outcome)
    {
        switch (outcome)
        {
            case RecoveryOutcome.Reset reset:
                // Asked for anew: the frame of this answer was made for whoever was signed in here, and is no longer.
                Navigation.NavigateTo(PortalUrls.ResetPasswordDone(User!, Token!, reset.EndedSessions));
                break;
            case RecoveryOutcome.Requested:
                _state = State.Sent;
                break;
            case RecoveryOutcome.Invalid invalid:
                _refusals.Add(invalid.Errors);
                break;
            case RecoveryOutcome.Unusable unusable:
                Show(unusable.Status);
                break;
            case RecoveryOutcome.Throttled throttled:
                _refusals.Add(AccountPages.TooMany(Http, throttled.RetryAfter, "Too many tries right now."));
                break;
            case RecoveryOutcome.Disabled:
                Disable();
                break;
        }
    }

    private void Disable()
    {
        _state = State.Disabled;
        AccountPages.AnswerNotFound(Http);
    }

    private sealed class ResetInput
    {
        [Required(ErrorMessage = "Choose a password.")]
        public string? Password { get; set; }

        [Required(ErrorMessage = "Type the password once more.")]
        [Compare(nameof(Password), ErrorMessage = "The two passwords differ. Type the same one twice.")]
        public string? ConfirmPassword { get; set; }
    }
}
