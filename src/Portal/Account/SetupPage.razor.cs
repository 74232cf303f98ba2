using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Portal.Accounts.Administration;

namespace Portal.Account;

public sealed partial class SetupPage
{
    private readonly List<string> _errors = [];
    private EditContext _form = null!;
    private ValidationMessageStore _refused = null!;
    private State _state;

    private enum State
    {
        Closed,
        Open,
        Done,
    }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private SetupInput? Input { get; set; }

    [SupplyParameterFromQuery] private string? Token { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        _form = new EditContext(Input);
        _refused = new ValidationMessageStore(_form);
        _state = await Setup.IsUsableAsync(Token, Http.RequestAborted) ? State.Open : State.Closed;
    }

    private async Task SubmitAsync()
    {
        var made = await Setup.CreateAdministratorAsync(Token ?? "", Input!.Email!, Input.UserName, Input.Password!, Http.RequestAborted);
        if (made is not AdminOutcome.Refused refused)
        {
            _state = State.Done;
            return;
        }

        foreach (var error in refused.Errors)
        {
            if (typeof(SetupInput).GetProperty(error.Field) is null)
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

    private sealed class SetupInput
    {
        [Required(ErrorMessage = "Enter your email address.")]
        public string? Email { get; set; }

        public string? UserName { get; set; }

        [Required(ErrorMessage = "Choose a password.")]
        public string? Password { get; set; }

        [Required(ErrorMessage = "Type the password once more.")]
        [Compare(nameof(Password), ErrorMessage = "The two passwords differ. Type the same one twice.")]
        public string? ConfirmPassword { get; set; }
    }
}
