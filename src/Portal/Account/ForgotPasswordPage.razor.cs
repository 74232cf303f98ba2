using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Portal.Accounts;
using Portal.Accounts.Recovery;
using Portal.Controls;

namespace Portal.Account;

public sealed partial class ForgotPasswordPage
{
    private EditContext _form = null!;
    private Refusals _refusals = null!;
    private bool _disabled;
    private bool _sent;

    [Inject] private IOptions<AccountsOptions> Accounts { get; init; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private ForgotInput? Input { get; set; }

    protected override void OnInitialized()
    {
        Input ??= new();
        _form = new EditContext(Input);
        _refusals = new Refusals(_form);
        _disabled = !Accounts.Value.Recovery;
        if (_disabled)
        {
            AccountPages.AnswerNotFound(Http);
        }
    }

    private async Task SubmitAsync()
    {
        switch (await Recovery.RequestAsync(Http, Input!.Email!, Http.RequestAborted))
        {
            case RecoveryOutcome.Requested:
                _sent = true;
                break;
            case RecoveryOutcome.Invalid invalid:
                _refusals.Add(invalid.Errors);
                break;
            case RecoveryOutcome.Throttled throttled:
                _refusals.Add(AccountPages.TooMany(Http, throttled.RetryAfter, "Too many links were asked for."));
                break;
        }
    }

    private sealed class ForgotInput
    {
        [Required(ErrorMessage = "Enter the email address or username of your account.")]
        public string? Email { get; set; }
    }
}
