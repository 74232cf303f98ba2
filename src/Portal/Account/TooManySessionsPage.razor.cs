using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn;
using Portal.Controls;

namespace Portal.Account;

/// <summary>The last step of a sign-in by somebody who is signed in at as many places as they may be.</summary>
public sealed partial class TooManySessionsPage
{
    private IReadOnlyList<SessionInfo> _sessions = [];
    private List<string> _errors = [];

    [Inject] private ISignInService SignIn { get; init; } = null!;

    [Inject] private IOptions<SessionsOptions> Sessions { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [Inject] private Site Site { get; init; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm] private ChoiceInput? Input { get; set; }

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }

    private string Limit => Sessions.Value.MaximumPerUser == 1 ? "one place at a time" : $"{Sessions.Value.MaximumPerUser} places at a time";

    protected override async Task OnInitializedAsync()
    {
        _sessions = await SignIn.ListInTheWayAsync(Http, Http.RequestAborted);
        // The one not seen for longest is the likeliest to be forgotten.
        Input ??= new() { Session = _sessions is [var first, ..] ? first.Id : null };
        if (HttpMethods.IsGet(Http.Request.Method) && _sessions.Count == 0)
        {
            Navigation.NavigateTo(Http.User.Identity?.IsAuthenticated == true ? AccountPages.After(ReturnUrl) : PortalUrls.SignInAgain(ReturnUrl));
        }
    }

    private async Task SubmitAsync()
    {
        var outcome = await SignIn.SignInInsteadAsync(Http, Input!.Session!, Http.RequestAborted);
        if (outcome is SignInOutcome.Full)
        {
            _errors = ["Somebody signed in meanwhile. Choose once more."];
            _sessions = await SignIn.ListInTheWayAsync(Http, Http.RequestAborted);
            return;
        }

        if (SecondStep.LeadOn(outcome, ReturnUrl) is { } onwards)
        {
            Navigation.NavigateTo(onwards);
            return;
        }

        _errors = [SecondStep.Words(Http, outcome, "")];
    }

    private sealed class ChoiceInput
    {
        [Required(ErrorMessage = "Choose the place to sign out of.")]
        public string? Session { get; set; }
    }
}
