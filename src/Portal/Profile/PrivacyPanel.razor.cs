using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
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

    private static readonly FieldError WrongEmail = new(nameof(DeleteInput.Email), "This is not your account's address. Type it as it stands below the field.");

    private readonly BusyCall _deleting = new();
    private EditContext _form = null!;
    private Refusals _refusals = null!;
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

    private DeleteInput Input { get; } = new();

    private string? Email => _person.FindFirst(ClaimTypes.Email)?.Value;

    protected override void OnInitialized()
    {
        _form = new EditContext(Input);
        _refusals = new Refusals(_form);
    }

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
        _refusals.Clear();
        // Told before anything is asked; the door has the last word on it.
        if (!string.Equals(Input.Email?.Trim(), Email, StringComparison.OrdinalIgnoreCase))
        {
            _refusals.Add([WrongEmail]);
            return;
        }

        if (!await _deleting.AskAsync(ConfirmDialog.AskAsync(
            Dialogs, "Delete your account?", "Everything in it goes now, and you are signed out everywhere. Nobody can bring it back.", Verb)))
        {
            return;
        }

        var outcome = await TryAsync();
        if (outcome is DeletionOutcome.NeedsRecentAuthentication && await _deleting.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            outcome = await TryAsync();
        }

        _isLast = outcome is DeletionOutcome.LastAdministrator;
        if (outcome is DeletionOutcome.WrongEmail)
        {
            _refusals.Add([WrongEmail]);
        }
    }

    private async Task<DeletionOutcome> TryAsync()
    {
        // Before it happens: the end of this session reaches the page before the answer does.
        IsDeleting = true;
        var outcome = await Privacy.DeleteAsync(_person, Input.Email!, CancellationToken.None);
        IsDeleting = outcome is DeletionOutcome.Deleted;
        return outcome;
    }

    private sealed class DeleteInput
    {
        [Required(ErrorMessage = "Type your email address to delete the account.")]
        public string? Email { get; set; }
    }
}
