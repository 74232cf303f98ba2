using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Portal.Accounts.SignIn.External;
using Portal.Controls;

namespace Portal.Account;

public sealed partial class ExternalRegisterPage
{
    private EditContext _form = null!;
    private Refusals _refusals = null!;
    private ExternalPersonInfo? _person;
    private bool _isBlocked;

    [Inject] private IExternalRegistration Registration { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private NewPersonInput? Input { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var isNew = Input is null;
        Input ??= new();
        _form = new EditContext(Input);
        _refusals = new Refusals(_form);
        if (!Accounts.Value.Registration)
        {
            AccountPages.AnswerNotFound(Http);
            return;
        }

        _person = await Registration.FindAsync(Http, Http.RequestAborted);
        if (isNew)
        {
            Input.Email = _person?.Email;
        }
    }

    private async Task SubmitAsync()
    {
        switch (await Registration.RegisterAsync(Http, Input!.Email!, Input.UserName, Http.RequestAborted))
        {
            case ExternalRegistrationOutcome.SignedIn signedIn:
                Navigation.NavigateTo(AccountPages.After(signedIn.ReturnUrl));
                break;
            case ExternalRegistrationOutcome.Accepted:
                Navigation.NavigateTo(PortalUrls.CheckYourMailPath);
                break;
            case ExternalRegistrationOutcome.Invalid invalid:
                _refusals.Add(invalid.Errors);
                break;
            case ExternalRegistrationOutcome.Throttled throttled:
                _refusals.Add(AccountPages.TooMany(Http, throttled.RetryAfter, "Too many registrations right now."));
                break;
            case ExternalRegistrationOutcome.Blocked:
                _isBlocked = true;
                break;
            case ExternalRegistrationOutcome.Gone:
                _person = null;
                break;
            case ExternalRegistrationOutcome.Disabled:
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private sealed class NewPersonInput
    {
        [Required(ErrorMessage = "Enter your email address.")]
        public string? Email { get; set; }

        public string? UserName { get; set; }
    }
}
