using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Portal.Accounts.SignIn;
using Portal.Controls;

namespace Portal.Account;

/// <summary>The second step of a sign-in for who has no authenticator app at hand.</summary>
public sealed partial class RecoveryCodePage
{
    private List<string> _errors = [];

    [Inject] private ISignInService SignIn { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [Inject] private Site Site { get; init; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private CodeInput? Input { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    protected override void OnInitialized()
    {
        Input ??= new();
        if (SecondStep.LeadAway(Http, SignIn, ReturnUrl) is { } elsewhere)
        {
            Navigation.NavigateTo(elsewhere);
        }
    }

    private async Task SubmitAsync()
    {
        var outcome = await SignIn.SignInWithCodeAsync(Http, Input!.Code!, trustBrowser: false, Http.RequestAborted);
        if (SecondStep.LeadOn(outcome, ReturnUrl) is { } onwards)
        {
            Navigation.NavigateTo(onwards);
            return;
        }

        _errors = [SecondStep.Words(Http, outcome, "This code is none of yours, or was used before. Check each character, or try another one.")];
    }

    private sealed class CodeInput
    {
        [Required(ErrorMessage = "Enter one of your recovery codes.")]
        public string? Code { get; set; }
    }
}
