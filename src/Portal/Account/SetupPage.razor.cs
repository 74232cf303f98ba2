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
        _state = await Setup.IsUsableAsync(Token, Http.RequestAborted) ? State.Open : State.Closed;
    }

    private async Task SubmitAsync()
    {
        if (!_form.Validate())
        {
            // With what the door would refuse besides, so that one more try mends all of it.
            var others = await Setup.CheckAsync(Input!.Email, Input.UserName, Input.Password, Http.RequestAborted);
            _refusals.Add([.. others.Where(error => !_form.GetValidationMessages(_form.Field(error.Field)).Any())]);
            return;
        }

        var made = await Setup.CreateAdministratorAsync(Token ?? "", Input!.Email!, Input.UserName, Input.Password!, Http.RequestAborted);
        if (made is AdminOutcome.Refused refused)
        {
            _refusals.Add(refused.Errors);
        }
        else
        {
            _state = made is AdminOutcome.Done ? State.Done : State.Closed;
        }
    }
}
