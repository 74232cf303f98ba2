using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Portal.Accounts;
using Portal.Controls;

namespace Portal.Profile;

public sealed partial class PasswordPanel
{
    private const string FormId = "change-password";

    private readonly BusyCall _changing = new();
    private EditContext _form = null!;
    private Refusals _refusals = null!;
    private string? _name;
    private string? _done;

    [Inject] private IJSRuntime Script { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    private PasswordInput Input { get; set; } = new();

    protected override async Task OnInitializedAsync()
    {
        StartOver();
        _name = (await Authentication.GetAuthenticationStateAsync()).User.Identity?.Name;
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
            _done = Words(answer.Ended);
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
