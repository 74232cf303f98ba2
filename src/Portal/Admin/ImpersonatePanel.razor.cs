using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Looks whether an administrator may act as somebody, asks why, and sends them off.</summary>
public sealed partial class ImpersonatePanel
{
    private const string FormId = "act-as";

    private UserInfo? _found;
    private IReadOnlyList<FieldError>? _errors;
    private string? _reason;
    private string? _why;
    private bool _isRead;

    /// <summary>An id, address or username.</summary>
    [Parameter, EditorRequired] public string User { get; set; } = "";

    /// <summary>Whether it was asked for and did not begin.</summary>
    [Parameter] public bool IsRefused { get; set; }

    [Inject] private IUserAdmin Users { get; init; } = null!;

    [Inject] private IImpersonationService Impersonation { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private IJSRuntime Script { get; init; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _found = await Users.FindAsync(User);
        _isRead = true;
        if (_found is not null)
        {
            await LookAsync();
        }
    }

    private async Task<AdminOutcome?> LookAsync()
    {
        var outcome = await Impersonation.WhyNotAsync((await Authentication).User, _found!.Id.ToString(CultureInfo.InvariantCulture));
        _why = outcome switch
        {
            AdminOutcome.Refused refused => refused.Errors[0].Message,
            AdminOutcome.NotAllowed => "You may not administer, or no longer.",
            AdminOutcome.NotFound missing => missing.What,
            _ => null,
        };
        return outcome;
    }

    private async Task BeginAsync()
    {
        if (string.IsNullOrWhiteSpace(_reason))
        {
            _errors = [new FieldError("reason", "Say why you act as this person.")];
            return;
        }

        _errors = null;
        var outcome = await LookAsync();
        if (_why is not null || (outcome is AdminOutcome.NeedsRecentAuthentication && !await StepUpDialog.AskAsync(Dialogs)))
        {
            return;
        }

        await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./send.js");
        await module.InvokeVoidAsync("submit", FormId);
    }
}
