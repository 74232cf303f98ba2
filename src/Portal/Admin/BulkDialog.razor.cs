using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Takes an operator through a batch.</summary>
/// <remarks>Counting, asking, running, telling. Closed while it runs, it stops after the person it is at.</remarks>
public sealed partial class BulkDialog : IDisposable
{
    private const string FormId = "bulk";

    private CancellationTokenSource _stop = new();
    private BulkPreview? _preview;
    private BulkProgress? _progress;
    private BulkOutcome.Finished? _finished;
    private IReadOnlyList<string> _refusals = [];
    private string? _reason;
    private bool _isRunning;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>What is to be done, with whom; its reason is asked for here.</summary>
    [Parameter, EditorRequired] public BulkRequest Request { get; set; } = null!;

    /// <summary>Who does it.</summary>
    [Parameter, EditorRequired] public ClaimsPrincipal Person { get; set; } = null!;

    [Inject] private IUserBulk Bulk { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    /// <summary>Shows what it would do, does it if that is wanted, and waits until the operator has seen what became of it. False when it was not begun.</summary>
    public static async Task<bool> AskAsync(IDialogService dialogs, ClaimsPrincipal person, BulkRequest request)
    {
        var parameters = new DialogParameters<BulkDialog> { { dialog => dialog.Request, request }, { dialog => dialog.Person, person } };
        // Neither a key nor a click beside it stops a batch by mistake.
        var options = new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, BackdropClick = false };
        var dialog = await dialogs.ShowAsync<BulkDialog>(BulkWords.Title(request), parameters, options);
        return await dialog.Result is { Canceled: false };
    }

    // Not disposed: a batch under way still asks for its token.
    public void Dispose() => _stop.Cancel();

    protected override async Task OnInitializedAsync() => _preview = await Bulk.PreviewAsync(Request, Operator.Of(Person), _stop.Token);

    private async Task RunAsync()
    {
        if (_isRunning || _preview is null)
        {
            return;
        }

        (_isRunning, _refusals) = (true, []);
        try
        {
            var request = Request with { Reason = string.IsNullOrWhiteSpace(_reason) ? null : _reason };
            var outcome = await BeginAsync(request);
            if (outcome is BulkOutcome.Refused { Why: AdminOutcome.NeedsRecentAuthentication } && await StepUpDialog.AskAsync(Dialogs))
            {
                outcome = await BeginAsync(request);
            }

            _finished = outcome as BulkOutcome.Finished;
            _refusals = outcome is BulkOutcome.Refused refused ? [OperatorChange.RefusalOf(refused.Why) ?? "It could not begin."] : [];
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Before it had begun: it may yet.
            (_stop, _refusals) = (new(), ["Stopped. Nobody was changed."]);
        }
        finally
        {
            _isRunning = false;
        }
    }

    private Task<BulkOutcome> BeginAsync(BulkRequest request) => Bulk.RunAsync(
        request,
        Operator.Of(Person),
        new Progress(progress => _ = InvokeAsync(() =>
        {
            _progress = progress;
            StateHasChanged();
        })),
        _stop.Token);

    private void Stop() => _stop.Cancel();

    private void Close() => Dialog.Close(DialogResult.Ok(true));

    /// <summary>Tells on the thread that reports; <see cref="System.Progress{T}"/> would need the circuit's own.</summary>
    private sealed class Progress(Action<BulkProgress> tell) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => tell(value);
    }
}
