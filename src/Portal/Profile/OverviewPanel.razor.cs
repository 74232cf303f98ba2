using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>Shows how a person's account stands, and changes as it does.</summary>
public sealed partial class OverviewPanel : IDisposable
{
    /// <summary>One alone is a device in a drawer; from here on it is worth a look.</summary>
    private const int WorthALook = 2;

    private LiveReading? _live;
    private ClaimsPrincipal _person = new();
    private OverviewInfo? _info;

    [Inject] private IOverviewService Overview { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private EndpointDataSource Endpoints { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    /// <summary>What would make the account safer.</summary>
    private IReadOnlyList<StepList.Step> Missing { get; set; } = [];

    /// <summary>What is merely empty.</summary>
    private IReadOnlyList<StepList.Step> Open { get; set; } = [];

    private string Sessions => (_info!.Sessions, _info.SessionsOnline) switch
    {
        // Only whoever acts as somebody can look at this from no session of theirs.
        (0, _) => "Nowhere now",
        (1, _) => _person.IsImpersonated() ? "In one browser" : "In this browser only",
        var (all, online) => string.Create(CultureInfo.CurrentCulture, $"In {all} browsers, {online} of them open now"),
    };

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive && _person.UserId() is { } userId)
        {
            _live.Follow(Events, userId, InvokeAsync);
        }

        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        // Null when the session has ended: the page is about to go.
        if (await Overview.FindAsync(_person, _live!.Closed) is { } now)
        {
            (_info, Missing, Open) = (now, Offered(MissingOf(now)), Offered(OpenOf(now)));
            StateHasChanged();
        }
    }

    private IReadOnlyList<StepList.Step> Offered(IEnumerable<StepList.Step> steps) => [.. steps.Where(step => Has(step.Href))];

    /// <summary>A page that this build does not have is not linked.</summary>
    private bool Has(string path) => Endpoints.Endpoints.OfType<RouteEndpoint>().Any(endpoint => endpoint.RoutePattern.RawText == path);

    private static IEnumerable<StepList.Step> OpenOf(OverviewInfo info) => info.IsNameMissing
        ? [new("Your profile has no name.", "With one, others know who you are.", PortalUrls.ProfilePath, "Add your name")]
        : [];

    private static IEnumerable<StepList.Step> MissingOf(OverviewInfo info)
    {
        if (!info.IsEmailConfirmed)
        {
            yield return new StepList.Step(
                "Your address is not confirmed.", "Without it nobody can help you back in if you lose your password.", PortalUrls.EmailPath, "Confirm it");
        }

        if (info.NewEmail is { } wish)
        {
            yield return info.NewEmailExpiresAt is null
                ? new StepList.Step($"{wish} was not confirmed in time.", "Your address has not changed.", PortalUrls.EmailPath, "Try again or cancel")
                : new StepList.Step($"{wish} waits to be confirmed.", "Open the link in the mail we sent there. Cancel the change if you did not ask for it.", PortalUrls.EmailPath, "See the change");
        }

        if (info.IsPasswordShort)
        {
            yield return new StepList.Step(
                "Your password is short.", "It was chosen beside an authenticator app, which is gone. Alone it is too easy to guess.", PortalUrls.PasswordPath, "Choose a longer one");
        }

        if (info is { HasPassword: false, LacksPasskey: true })
        {
            yield return new StepList.Step(
                "You sign in by a provider alone.", "With a passkey you get in when it does not answer, and can always confirm that it is you.", PortalUrls.SecurityPath, "Add a passkey");
        }

        if (info is { HasPassword: true, HasSecondFactor: false })
        {
            yield return new StepList.Step(
                "Your password alone opens the account.",
                info.LacksPasskey ? "With an authenticator app, a stolen password lets nobody in; with a passkey you need none to sign in." : "With an authenticator app, a stolen password lets nobody in.",
                PortalUrls.SecurityPath,
                info.LacksPasskey ? "Add an app or a passkey" : "Add a second factor");
        }
        else if (info.AreRecoveryCodesFew)
        {
            yield return new StepList.Step(
                info.RecoveryCodesLeft switch { 0 => "No recovery code is left.", 1 => "One recovery code is left.", var left => string.Create(CultureInfo.CurrentCulture, $"{left} recovery codes are left.") },
                "They let you in when the app is lost.", PortalUrls.SecurityPath, "Make new ones");
        }

        if (info.SessionsInDoubt >= WorthALook)
        {
            yield return new StepList.Step(
                string.Create(CultureInfo.CurrentCulture, $"{info.SessionsInDoubt} sessions look forgotten or unknown."),
                "Not used for a week, or in a browser we could not tell. Sign out what you do not use.",
                PortalUrls.SessionsPath,
                "Look through them");
        }
    }
}
