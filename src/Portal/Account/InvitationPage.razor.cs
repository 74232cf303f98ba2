using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Portal.Accounts.Recovery;
using Portal.Accounts.Users;
using Portal.Controls;

namespace Portal.Account;

public sealed partial class InvitationPage
{
    private EditContext _form = null!;
    private Refusals _refusals = null!;
    // Open until looked at: a form is there to be handled when it is sent, however its link stands by then.
    private State _state = State.Open;

    private enum State
    {
        Invalid,
        Used,
        Expired,
        Open,
        Done,
    }

    [Inject] private IInvitationService Invitations { get; init; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private InvitationInput? Input { get; set; }

    [SupplyParameterFromQuery] private string? User { get; set; }

    [SupplyParameterFromQuery] private string? Token { get; set; }

    private long UserId => AccountPages.UserIdIn(User);

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        _form = new EditContext(Input);
        _refusals = new Refusals(_form);
        if (HttpMethods.IsGet(Http.Request.Method))
        {
            Show(await Invitations.StatusOfAsync(UserId, Token, Http.RequestAborted));
        }
    }

    private void Show(OneTimeLinkStatus status) => _state = status switch
    {
        OneTimeLinkStatus.Usable => State.Open,
        OneTimeLinkStatus.Expired => State.Expired,
        OneTimeLinkStatus.Used => State.Used,
        _ => State.Invalid,
    };

    private async Task AcceptAsync()
    {
        switch (await Invitations.AcceptAsync(Http, UserId, Token, Input!.Password!, Http.RequestAborted))
        {
            case RecoveryOutcome.Reset:
                _state = State.Done;
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
        }
    }

    private sealed class InvitationInput
    {
        [Required(ErrorMessage = "Choose a password.")]
        public string? Password { get; set; }

        [Required(ErrorMessage = "Type the password once more.")]
        [Compare(nameof(Password), ErrorMessage = "The two passwords differ. Type the same one twice.")]
        public string? ConfirmPassword { get; set; }
    }
}
