using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts.Credentials;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>Sets up, shows and removes a person's second factor. What happens to it elsewhere shows here without a refresh.</summary>
public sealed partial class SecondFactorPanel : IDisposable
{
    private ElementReference _heading;
    private bool _toHeading;
    private LiveReading? _live;
    private ClaimsPrincipal _person = new();
    private SecondFactorInfo? _info;
    private AuthenticatorSetup? _setup;
    private IReadOnlyList<string> _codes = [];
    private bool _hasPasskey;
    private bool _isProved;
    private bool _needsLongerPassword;
    private string? _said;
    private string? _refusal;

    /// <summary>The administrator's page that was in need of a second factor; null for none.</summary>
    [Parameter] public string? ComeFrom { get; set; }

    [Inject] private ISecondFactorService Factors { get; init; } = null!;

    [Inject] private IPasskeyConfirmation Passkeys { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    /// <summary>Where they came from, if it is an administrator's page of this site.</summary>
    private string? Onwards => ComeFrom is not null && LocalUrl.Or(ComeFrom, "").StartsWith(PortalUrls.AdminPath, StringComparison.Ordinal) ? ComeFrom : null;

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        _isProved = _person.HasSecondFactor();
        if (RendererInfo.IsInteractive && _person.UserId() is { } userId)
        {
            _live.Follow(Events, userId, InvokeAsync);
        }

        _hasPasskey = await HasPasskeyAsync();
        _info = await Factors.FindAsync(_person, _live.Closed);
    }

    /// <summary>What was pressed is gone from the page: the heading above what took its place has the focus.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toHeading)
        {
            _toHeading = false;
            await _heading.FocusAsync();
        }
    }

    /// <summary>Whether a passkey can lead on; not asked where nothing waits for it.</summary>
    private async Task<bool> HasPasskeyAsync() => Onwards is not null && await Passkeys.IsPossibleAsync(_person, _live!.Closed);

    private async Task ReadAsync()
    {
        // Null when the session has ended: the page is about to go.
        if (await Factors.FindAsync(_person, _live!.Closed) is { } now)
        {
            (_info, _hasPasskey) = (now, await HasPasskeyAsync());
            StateHasChanged();
        }
    }

    /// <summary>Shows the form that sets an app up, or what there is; no codes any more.</summary>
    private void Show(AuthenticatorSetup? setup) => (_setup, _codes, _toHeading) = (setup, [], true);

    private async Task BeginAsync(BusyCall call)
    {
        if (await RunAsync(call, () => Factors.BeginAsync(_person, CancellationToken.None)) is SecondFactorOutcome.Begun begun)
        {
            Show(begun.Setup);
        }
    }

    /// <summary>Null when it worked, else what to say at the code.</summary>
    private async Task<string?> AddAsync(BusyCall call, string code, bool endOthers)
    {
        switch (await RunAsync(call, () => Factors.AddAsync(_person, _setup!, code, endOthers, CancellationToken.None)))
        {
            case SecondFactorOutcome.Done done:
                (_setup, _codes, _isProved, _said) = (null, done.RecoveryCodes, true, $"The app is on.{Ended(done.EndedSessions)}");
                await ReadAsync();
                return null;
            case SecondFactorOutcome.WrongCode:
                return "This is not the code of this moment. Wait for the next one, and check that the clock of the device is right.";
            case SecondFactorOutcome.Throttled throttled:
                return $"Too many tries right now. {TryAgain.In(throttled.RetryAfter)}";
            case SecondFactorOutcome.AlreadyThere:
                Show(null);
                await ReadAsync();
                return null;
            default:
                return null;
        }
    }

    private async Task RenewAsync(BusyCall call)
    {
        if (await call.AskAsync(FactorDialog.AskAsync(
            Dialogs, "Make new recovery codes?", "You get ten new codes. The ones you have stop working.", "Make new codes", isLoss: false)) is { } endOthers
            && await RunAsync(call, () => Factors.RenewRecoveryCodesAsync(_person, endOthers, CancellationToken.None)) is SecondFactorOutcome.Done done)
        {
            (_codes, _said) = (done.RecoveryCodes, $"You have new recovery codes.{Ended(done.EndedSessions)}");
            await ReadAsync();
        }
    }

    private async Task RemoveAsync(BusyCall call)
    {
        if (await call.AskAsync(FactorDialog.AskAsync(
            Dialogs, "Remove the authenticator app?", "Then signing in asks for no code any more. The recovery codes stop working, and no browser is trusted any more.", "Remove the app", isLoss: true)) is { } endOthers
            && await RunAsync(call, () => Factors.RemoveAsync(_person, endOthers, CancellationToken.None)) is SecondFactorOutcome.Done done)
        {
            Show(null);
            _said = $"The app is removed.{Ended(done.EndedSessions)}";
            await ReadAsync();
        }
    }

    private async Task ForgetAsync(TrustedBrowserInfo browser)
    {
        await Factors.ForgetBrowserAsync(_person, browser.Id, CancellationToken.None);
        _said = $"{browser.Name} asks for a code again.";
        await ReadAsync();
    }

    private async Task ProveAsync(BusyCall call) => _isProved = await call.AskAsync(StepUpDialog.AskForSecondFactorAsync(Dialogs)) || _isProved;

    /// <summary>Makes a call, after a proof where it wants one, and puts a refusal into words.</summary>
    private async Task<SecondFactorOutcome> RunAsync(BusyCall call, Func<Task<SecondFactorOutcome>> make)
    {
        (_said, _refusal, _needsLongerPassword) = (null, null, false);
        var outcome = await make();
        if (outcome is SecondFactorOutcome.NeedsRecentAuthentication && await call.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            outcome = await make();
        }

        _needsLongerPassword = outcome is SecondFactorOutcome.NeedsLongerPassword;
        _refusal = outcome switch
        {
            SecondFactorOutcome.AlreadyThere => "An authenticator app is on already. Remove it first to set up another.",
            SecondFactorOutcome.NotThere => "There is no authenticator app any more.",
            SecondFactorOutcome.NeedsLongerPassword longer => string.Create(
                CultureInfo.CurrentCulture, $"Your password is too short to stand alone. Choose one of at least {longer.MinimumLength} characters first, then remove the app."),
            SecondFactorOutcome.Throttled throttled when _setup is null => $"Too many tries right now. {TryAgain.In(throttled.RetryAfter)}",
            SecondFactorOutcome.Impersonating => ImpersonationWords.Refused,
            _ => null,
        };
        return outcome;
    }

    private static string Left(int codes) => codes switch
    {
        0 => "None left",
        1 => "One left",
        _ => string.Create(CultureInfo.CurrentCulture, $"{codes} left"),
    };

    private static string Ended(int sessions) => sessions switch
    {
        0 => "",
        1 => " One other device was signed out.",
        _ => string.Create(CultureInfo.CurrentCulture, $" {sessions} other devices were signed out."),
    };
}
