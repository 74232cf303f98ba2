using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Portal.Accounts.SignIn;
using Portal.Controls;

namespace Portal.Account;

/// <summary>The second step of a sign-in: a code of the authenticator app.</summary>
public sealed partial class TwoFactorPage
{
    private List<string> _errors = [];
    private bool _canUsePasskey;

    [Inject] private ISignInService SignIn { get; init; } = null!;

    [Inject] private IPasskeySignIn Passkeys { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [Inject] private Site Site { get; init; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private CodeInput? Input { get; set; }

    /// <summary>A passkey's answer; null unless one was sent.</summary>
    [SupplyParameterFromForm(FormName = "passkey", Name = "Passkey")] private PasskeyForm.PasskeyInput? Answer { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        if (SecondStep.LeadAway(Http, SignIn, ReturnUrl) is { } elsewhere)
        {
            Navigation.NavigateTo(elsewhere);
            return;
        }

        // Who sent an answer while their last one was removed is told so by the same form, without which theirs would be no form of this page.
        _canUsePasskey = Answer is not null || await Passkeys.BeginSecondStepAsync(Http, Http.RequestAborted) is not null;
    }

    private async Task<SignInOutcome> TakePasskeyAsync(PasskeyForm.PasskeyInput passkey)
    {
        var outcome = await Passkeys.TakeSecondStepAsync(Http, passkey.Ticket, passkey.Answer, Http.RequestAborted);
        if (SecondStep.LeadOn(outcome, ReturnUrl) is { } onwards)
        {
            Navigation.NavigateTo(onwards);
        }
        else
        {
            _errors = [SecondStep.Words(Http, outcome, "")];
            StateHasChanged();
        }

        return outcome;
    }

    private async Task SubmitAsync()
    {
        var outcome = await SignIn.SignInWithCodeAsync(Http, Input!.Code!, Input.TrustBrowser, Http.RequestAborted);
        if (SecondStep.LeadOn(outcome, ReturnUrl) is { } onwards)
        {
            Navigation.NavigateTo(onwards);
            return;
        }

        _errors = [SecondStep.Words(Http, outcome, "This code is wrong, too old, or was used before. Enter the one your app shows now; check that the clock of the device is right.")];
        Input.Code = null;
    }

    private sealed class CodeInput
    {
        [Required(ErrorMessage = "Enter the six digits that your authenticator app shows.")]
        public string? Code { get; set; }

        public bool TrustBrowser { get; set; }
    }
}
