using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Portal.Accounts.Registration;
using Portal.Controls;

namespace Portal.Account;

public sealed partial class RegisterPage
{
    private List<string> _errors = [];
    private EditContext _form = null!;
    private ValidationMessageStore _refused = null!;

    [Inject] private IRegistrationService Registration { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private RegisterInput? Input { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    protected override void OnInitialized()
    {
        Input ??= new();
        _form = new EditContext(Input);
        _refused = new ValidationMessageStore(_form);
        if (!Accounts.Value.Registration)
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (HttpMethods.IsGet(Http.Request.Method) && Http.User.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(AccountPages.After(ReturnUrl));
        }
    }

    private async Task SubmitAsync()
    {
        if (!string.IsNullOrEmpty(Input!.Website))
        {
            // The field that people do not see was filled: a machine, told the same as everybody and not obliged.
            Navigation.NavigateTo(PortalUrls.CheckYourMailPath);
            return;
        }

        var request = new RegistrationRequest
        {
            Email = Input.Email!,
            UserName = Input.UserName,
            Password = Input.Password!,
            Captcha = Captcha.ResponseOf(Http),
            Address = Http.Connection.RemoteIpAddress,
        };
        switch (await Registration.RegisterAsync(request, Http.RequestAborted))
        {
            case RegistrationOutcome.Accepted:
                Navigation.NavigateTo(PortalUrls.CheckYourMailPath);
                break;
            case RegistrationOutcome.Invalid invalid:
                Show(invalid);
                break;
            case RegistrationOutcome.Throttled throttled:
                _errors = [AccountPages.TooMany(Http, throttled.RetryAfter, "Too many registrations right now.")];
                break;
            case RegistrationOutcome.Disabled:
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private void Show(RegistrationOutcome.Invalid invalid)
    {
        foreach (var error in invalid.Errors)
        {
            if (typeof(RegisterInput).GetProperty(error.Field) is null)
            {
                _errors.Add(error.Message);
            }
            else
            {
                _refused.Add(_form.Field(error.Field), error.Message);
            }
        }

        _form.NotifyValidationStateChanged();
    }

    private sealed class RegisterInput
    {
        [Required(ErrorMessage = "Enter your email address.")]
        public string? Email { get; set; }

        public string? UserName { get; set; }

        [Required(ErrorMessage = "Choose a password.")]
        public string? Password { get; set; }

        [Required(ErrorMessage = "Type the password once more.")]
        [Compare(nameof(Password), ErrorMessage = "The two passwords differ. Type the same one twice.")]
        public string? ConfirmPassword { get; set; }

        /// <summary>The honeypot.</summary>
        public string? Website { get; set; }
    }
}
