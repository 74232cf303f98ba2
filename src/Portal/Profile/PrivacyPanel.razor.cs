using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Profiles;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>Exports and deletes on a person's word. The file comes by a request of its own, because a circuit cannot send one.</summary>
public sealed partial class PrivacyPanel
{
    private const string ExportForm = "export-data";
    private const string Verb = "Delete my account";
    private const string TypedEmail = "Email";

    private static readonly FieldError NoEmail = new(TypedEmail, "Type your email address to delete the account.");
    private static readonly FieldError WrongEmail = new(TypedEmail, "This is not your account's address. Type it as it stands below the field.");

    private readonly BusyCall _deleting = new();
    private readonly EditDraft _form = new(TypedEmail);
    private IReadOnlyList<FieldError> _errors = [];
    private ClaimsPrincipal _person = new();
    private string _said = "";
    private TimeSpan? _wait;
    private bool _isLast;

    [Inject] private IPrivacyService Privacy { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private IJSRuntime Script { get; init; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>Whether an export was just refused, because the session had to prove itself first.</summary>
    [Parameter] public bool IsExportRefused { get; set; }

    /// <summary>Whether an export was just refused, because the person had too many lately.</summary>
    [Parameter] public bool IsExportThrottled { get; set; }

    /// <summary>Whether the account is being deleted from here, so that the end of this session is what was asked for.</summary>
    public bool IsDeleting { get; private set; }

    private string? Email => _person.FindFirst(ClaimTypes.Email)?.Value;

    // Anew whenever it changes: the address is part of it.
    protected override async Task OnParametersSetAsync()
    {
        _person = (await Authentication).User;
        _wait = IsExportThrottled || _wait is not null ? Privacy.ExportRetryAfter(_person) : null;
    }

    private static string Days(TimeSpan time) => time.TotalDays switch
    {
        1 => "a day",
        var days => string.Create(CultureInfo.CurrentCulture, $"{days:0.#} days"),
    };

    private async Task ExportAsync(BusyCall call)
    {
        // Told before anybody is asked for their password.
        (_said, _wait) = ("", Privacy.ExportRetryAfter(_person));
        if (_wait is not null)
        {
            return;
        }

        if (await Privacy.NeedsRecentAuthenticationAsync(_person, CancellationToken.None) && !await call.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            return;
        }

        await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./send.js");
        await module.InvokeVoidAsync("submit", ExportForm);
        _said = "Your file is on its way; your browser saves it.";
    }

    private async Task DeleteAsync()
    {
        // Told before anything is asked; the door has the last word on it.
        var typed = _form[TypedEmail]?.Trim() ?? "";
        _errors = typed.Length == 0 ? [NoEmail] : string.Equals(typed, Email, StringComparison.OrdinalIgnoreCase) ? [] : [WrongEmail];
        if (_errors.Count > 0)
        {
            return;
        }

        if (!await _deleting.AskAsync(ConfirmDialog.AskAsync(
            Dialogs, "Delete your account?", "Everything in it goes now, and you are signed out everywhere. Nobody can bring it back.", Verb)))
        {
            return;
        }

        var outcome = await TryAsync(typed);
        if (outcome is DeletionOutcome.NeedsRecentAuthentication && await _deleting.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            outcome = await TryAsync(typed);
        }

        _isLast = outcome is DeletionOutcome.LastAdministrator;
        _errors = outcome is DeletionOutcome.WrongEmail ? [WrongEmail] : [];
    }

    private async Task<DeletionOutcome> TryAsync(string typed)
    {
        // Before it happens: the end of this session reaches the page before the answer does.
        IsDeleting = true;
        var outcome = await Privacy.DeleteAsync(_person, typed, CancellationToken.None);
        IsDeleting = outcome is DeletionOutcome.Deleted;
        return outcome;
    }
}
