using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Account;

public sealed partial class SetupPage
{
    private EditContext _form = null!;
    private Refusals _refusals = null!;
    private State _state;

    private enum State
    {
        Closed,
        Open,
        Done,
    }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private NewAccountInput? Input { get; set; }

    [SupplyParameterFromQuery] private string? Token { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        _form = new EditContext(Input);
        _refusals = new Refusals(_form);
        // Somebody who sends the form of an address that has died meanwhile is told so by it: the form must be there to take it.
        _state = HttpMethods.IsPost(Http.Request.Method) || await IsUsableAsync() ? State.Open : State.Closed;
    }

    private Task<bool> IsUsableAsync() => Setup.IsUsableAsync(Token, Http.RequestAborted);

    private async Task SubmitAsync()
    {
        if (!await IsUsableAsync())
        {
            _state = State.Closed;
            return;
        }

        if (!_form.Validate())
        {
            // With what the door would refuse besides, so that one more try mends all of it.
            var others = await Setup.CheckAsync(Input!.Email, Input.UserName, Input.Password, Http.RequestAborted);
            _refusals.Add([.. others.Where(error => !_form.GetValidationMessages(_form.Field(error.Field)).Any())]);
            return;
        }

        var made = await Setup.CreateAdministratorAsync(Http, Token ?? "", Input!.Email!, Input.UserName, Input.Password!, Http.RequestAborted);
        switch (made)
        {
            case AdminOutcome.Refused refused when await IsUsableAsync():
                _refusals.Add(refused.Errors);
                break;
            case AdminOutcome.Busy busy:
                _refusals.Add(AccountPages.TooMany(Http, busy.RetryAfter, "Too many people are signing in right now."));
                break;
            default:
                _state = made is AdminOutcome.Done ? State.Done : State.Closed;
                break;
        }
    }
}
