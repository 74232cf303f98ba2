using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Accounts.Registration;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>Shows a person's address and asks for another. A link opened elsewhere shows here without a refresh.</summary>
public sealed partial class EmailPanel : IDisposable
{
    // As a refusal names it.
    private const string NewEmail = "NewEmail";

    private static readonly FieldError Missing = new(NewEmail, "Enter the address your account is to have.");

    private readonly BusyCall _sending = new();
    private readonly EditDraft _form = new(NewEmail);
    private IReadOnlyList<FieldError> _errors = [];
    private LiveReading? _live;
    private ClaimsPrincipal _person = new();
    private EmailChangeInfo? _info;
    private string? _said;
    private TimeSpan? _wait;

    [Inject] private IEmailChangeService Changes { get; init; } = null!;

    [Inject] private IRegistrationService Registration { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive && _person.UserId() is { } userId)
        {
            _live.Follow(Events, userId, InvokeAsync);
        }

        _info = await Changes.FindAsync(_person, _live.Closed);
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

    private async Task AskAsync(BusyCall call, string? newEmail)
    {
        (_said, _wait, _errors) = (null, null, []);
        if (string.IsNullOrWhiteSpace(newEmail))
        {
            _errors = [Missing];
            return;
        }

        var outcome = await Changes.RequestAsync(_person, newEmail, CancellationToken.None);
        if (outcome is EmailChangeOutcome.NeedsRecentAuthentication && await call.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            outcome = await Changes.RequestAsync(_person, newEmail, CancellationToken.None);
        }

        if (outcome is EmailChangeOutcome.Requested)
        {
            _form.Clear();
        }
        else if (outcome is EmailChangeOutcome.Invalid invalid)
        {
            _errors = invalid.Errors;
        }

        _ = _live!.HintAsync();
    }

    private async Task ConfirmAgainAsync()
    {
        _wait = await Registration.ResendAsync(_person, CancellationToken.None);
        _said = _wait is null ? $"A new mail is on its way to {_info!.Email}." : null;
    }

    private async Task CancelAsync()
    {
        _wait = null;
        _said = await Changes.CancelAsync(_person, CancellationToken.None) ? "The change is called off. Your address stays as it is." : null;
        _ = _live!.HintAsync();
    }
}
