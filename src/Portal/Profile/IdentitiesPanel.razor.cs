using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn.External;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>Shows a person's linked identities, sends them off to link another, takes one away. What happens in another tab shows here.</summary>
public sealed partial class IdentitiesPanel : IDisposable
{
    private const string FormId = "link-identity";

    private LiveReading? _live;
    private ClaimsPrincipal _person = new();
    private IdentitiesInfo? _info;
    private (string What, string Next)? _refused;
    private string? _said;
    private string? _chosen;
    private bool _others = true;

    /// <summary>Why the way to a provider led nowhere, by its name; null when it did not.</summary>
    [Parameter] public string? Refused { get; set; }

    /// <summary>The scheme that was just linked; null for none.</summary>
    [Parameter] public string? Linked { get; set; }

    [Inject] private IIdentityService Identities { get; init; } = null!;

    [Inject] private IOptions<ExternalProvidersOptions> Providers { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private IJSRuntime Script { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    private IEnumerable<ExternalProvidersOptions.Provider> Unlinked =>
        Providers.Value.Providers.Where(provider => _info?.Linked.Any(linked => linked.Scheme == provider.Scheme) == false);

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive && _person.UserId() is { } userId)
        {
            _live.Follow(Events, userId, InvokeAsync);
        }

        _info = await Identities.FindAsync(_person, _live.Closed);
        _refused = ExternalRefusals.FromName(Refused) is { } why ? ExternalWords.For(why) : null;
        _said = _info?.Linked.FirstOrDefault(linked => linked.Scheme == Linked) is { } now ? $"{now.Provider} is linked. You can sign in with it from now on." : null;
    }

    private async Task ReadAsync()
    {
        // Null when the session has ended: the page is about to go.
        if (await Identities.FindAsync(_person, _live!.Closed) is { } now)
        {
            _info = now;
            StateHasChanged();
        }
    }

    private async Task LinkAsync(BusyCall call, string scheme)
    {
        (_said, _refused) = (null, null);
        if (await Identities.NeedsRecentAuthenticationAsync(_person, CancellationToken.None) && !await call.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            return;
        }

        _chosen = scheme;
        StateHasChanged();
        await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./send.js");
        await module.InvokeVoidAsync("submit", FormId);
    }

    private async Task UnlinkAsync(BusyCall call, LinkedIdentityInfo identity)
    {
        (_said, _refused) = (null, null);
        var others = _others && _info!.OtherSessions > 0;
        if (!await call.AskAsync(ConfirmDialog.AskAsync(
            Dialogs,
            $"Unlink {identity.Provider}?",
            $"You can no longer sign in with it.{(others ? " All your other devices are signed out." : "")}",
            "Unlink")))
        {
            return;
        }

        var outcome = await Identities.UnlinkAsync(_person, identity.Id, others, CancellationToken.None);
        if (outcome is UnlinkOutcome.NeedsRecentAuthentication && await call.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            outcome = await Identities.UnlinkAsync(_person, identity.Id, others, CancellationToken.None);
        }

        if (outcome is UnlinkOutcome.Done)
        {
            _said = $"{identity.Provider} is unlinked.";
        }
        else if (outcome is UnlinkOutcome.LastWayIn)
        {
            _refused = ("This is your only way in.", "Choose a password, add a passkey or link another identity first, then unlink this one.");
        }

        _ = _live!.HintAsync();
    }
}
