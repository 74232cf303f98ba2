using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>Shows a person's address and asks for another. A link opened elsewhere shows here without a refresh.</summary>
public sealed partial class EmailPanel : IDisposable
{
    private readonly BusyCall _sending = new();
    private EditContext _form = null!;
    private Refusals _refusals = null!;
    private LiveReading? _live;
    private ClaimsPrincipal _person = new();
    private EmailChangeInfo? _info;
    private string? _said;

    [Inject] private IEmailChangeService Changes { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    private EmailInput Input { get; set; } = new();

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        StartOver();
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive && _person.UserId() is { } userId)
        {
            _live.Follow(Events, userId, InvokeAsync);
        }

        _info = await Changes.FindAsync(_person, _live.Closed);
    }

    private void StartOver()
    {
        Input = new();
        _form = new EditContext(Input);
        _refusals = new Refusals(_form);
    }

    private async Task ReadAsync()
    {
        // Null when the session has ended: the page is about to go.
        if (await Changes.FindAsync(_person, _live!.Closed) is not { } now)
        {
            return;
        }

        _said = _info is { } before && before.Email != now.Email ? $"Your address is {now.Email} now." : _said;
        _info = now;
        StateHasChanged();
    }

    private async Task AskAsync(BusyCall call, string newEmail)
    {
        _said = null;
        _refusals.Clear();
        var outcome = await Changes.RequestAsync(_person, newEmail, CancellationToken.None);
        if (outcome is EmailChangeOutcome.NeedsRecentAuthentication && await call.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            outcome = await Changes.RequestAsync(_person, newEmail, CancellationToken.None);
        }

        if (outcome is EmailChangeOutcome.Requested)
        {
            StartOver();
        }
        else if (outcome is EmailChangeOutcome.Invalid invalid)
        {
            _refusals.Add(invalid.Errors);
        }

        _ = _live!.HintAsync();
    }

    private async Task CancelAsync()
    {
        _said = await Changes.CancelAsync(_person, CancellationToken.None) ? "The change is called off. Your address stays as it is." : null;
        _ = _live!.HintAsync();
    }

    private sealed class EmailInput
    {
        [Required(ErrorMessage = "Enter the address your account is to have.")]
        public string? NewEmail { get; set; }
    }
}
