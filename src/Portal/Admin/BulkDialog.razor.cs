using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Asks for a batch, runs it, and tells how it went.</summary>
/// <remarks>Closing the page stops a batch after the person it is at; what it did stays done, and the log says so.</remarks>
public sealed partial class BulkDialog : IDisposable
{
    private const string FormId = "bulk";

    private ClaimsPrincipal _person = new();
    private BulkPreview? _preview;
    private BulkProgress? _progress;
    private BulkOutcome.Finished? _finished;
    private CancellationTokenSource? _stop;
    private string? _role;
    private string? _reason;
    private string? _refusal;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public BulkAction Action { get; set; }

    [Parameter, EditorRequired] public UserSelection Selection { get; set; } = null!;

    [Parameter, EditorRequired] public IReadOnlyList<string> Roles { get; set; } = [];

    [Inject] private IUserBulk Bulk { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    private BulkRequest Request => new(Action, Selection) { Role = BulkWords.NeedsRole(Action) ? _role : null, Reason = string.IsNullOrWhiteSpace(_reason) ? null : _reason.Trim() };

    /// <summary>Asks, and waits until it is over. False when nothing was begun.</summary>
    public static async Task<bool> AskAsync(IDialogService dialogs, BulkAction action, UserSelection selection, IReadOnlyList<string> roles)
    {
        var parameters = new DialogParameters<BulkDialog>
        {
            { dialog => dialog.Action, action },
            { dialog => dialog.Selection, selection },
            { dialog => dialog.Roles, roles },
        };
        // A batch under way is stopped by its button, not by a key pressed elsewhere.
        var options = new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false, CloseOnEscapeKey = false };
        var dialog = await dialogs.ShowAsync<BulkDialog>($"{BulkWords.VerbOf(action)}?", parameters, options);
        return await dialog.Result is { Canceled: false };
    }

    public void Dispose()
    {
        Stop();
        _stop?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        _role = BulkWords.NeedsRole(Action) ? Roles.FirstOrDefault() : null;
        await LookAsync();
    }

    private Task ChooseRoleAsync(string? role)
    {
        _role = role;
        return LookAsync();
    }

    private async Task LookAsync()
    {
        _preview = null;
        _preview = await Bulk.PreviewAsync(Request, Operator.Of(_person));
    }

    private async Task RunAsync()
    {
        if (_stop is not null)
        {
            return;
        }

        _refusal = Action is BulkAction.Block && Request.Reason is null ? "Say why." : null;
        if (_refusal is not null)
        {
            return;
        }

        var outcome = await OnceAsync();
        if (outcome is BulkOutcome.Refused { Why: AdminOutcome.NeedsRecentAuthentication } && await StepUpDialog.AskAsync(Dialogs))
        {
            outcome = await OnceAsync();
        }

        _finished = outcome as BulkOutcome.Finished;
        _refusal = outcome is BulkOutcome.Refused refused ? OperatorChange.RefusalOf(refused.Why) : null;
    }

    private async Task<BulkOutcome> OnceAsync()
    {
        using var stop = _stop = new CancellationTokenSource();
        try
        {
            return await Bulk.RunAsync(Request, Operator.Of(_person), new Progress<BulkProgress>(Tell), stop.Token);
        }
        finally
        {
            _stop = null;
        }
    }

    private void Tell(BulkProgress progress) => _ = InvokeAsync(() =>
    {
        _progress = progress;
        StateHasChanged();
    });

    private void Stop() => _stop?.Cancel();

    private void Close() => Dialog.Close(DialogResult.Ok(true));
}
