using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Portal.Accounts.Registration;
using Portal.Accounts.Sessions.Agents;
using Portal.Controls;

namespace Portal.Account;

public sealed partial class RegisterPage
{
    private EditContext _form = null!;
    private Refusals _refusals = null!;

    [Inject] private IRegistrationService Registration { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private NewAccountInput? Input { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    protected override void OnInitialized()
    {
        Input ??= new();
        _form = new EditContext(Input);
        _refusals = new Refusals(_form);
        if (!Accounts.Value.Registration)
        {
            AccountPages.AnswerNotFound(Http);
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
            Agent = AgentInfo.Of(Http.Request.Headers),
        };
        switch (await Registration.RegisterAsync(request, Http.RequestAborted))
        {
            case RegistrationOutcome.Accepted:
                Navigation.NavigateTo(PortalUrls.CheckYourMailPath);
                break;
            case RegistrationOutcome.Invalid invalid:
                _refusals.Add(invalid.Errors);
                break;
            case RegistrationOutcome.Throttled throttled:
                _refusals.Add(AccountPages.TooMany(Http, throttled.RetryAfter, "Too many registrations right now."));
                break;
            case RegistrationOutcome.Disabled:
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }
}
