using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Admin;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Admin;

public sealed class BulkDialogTests : IAsyncDisposable
{
    private readonly PanelContext _circuit = new();
    private readonly FakeBulk _bulk = new();

    public BulkDialogTests() => _circuit.Services.AddSingleton<IUserBulk>(_bulk);

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Fact]
    public async Task It_tells_what_it_would_do_before_it_does_it()
    {
        var asked = await OpenAsync(new BulkRequest(BulkAction.Deactivate, new UserSelection.Some([1, 2, 3])));

        Shows("3 people are selected. Something changes for 2 of them.");
        Shows("You are among them and are left out.");
        Shows("It ends 14 sessions; 2 are online now.");
        Assert.Null(_bulk.Asked);

        await _circuit.PressAsync("Cancel");
        Assert.False(await asked);
    }

    [Theory]
    [InlineData(BulkAction.Activate, "It cannot be done for 4: their email domain is blocked.")]
    [InlineData(BulkAction.SendReset, "It cannot be done for 4: password recovery is disabled.")]
    public async Task It_tells_for_how_many_it_cannot_be_done_and_why(BulkAction action, string words)
    {
        _bulk.Preview = _bulk.Preview with { Refused = new ListTotal(4) };
        await OpenAsync(new BulkRequest(action, new UserSelection.Some([1, 2, 3, 4, 5, 6])));

        Shows(words);
    }

    [Fact]
    public async Task It_tells_how_far_it_is_and_lists_what_failed()
    {
        var asked = await OpenAsync(new BulkRequest(BulkAction.Deactivate, new UserSelection.Some([1, 2, 3])));
        Submit();
        _bulk.Progress!.Report(new BulkProgress(1, new ListTotal(3), 1, 0));
        Shows("1 of 3 people; changed 1.");

        _bulk.Outcome.SetResult(Finished with { Changed = 1, Failed = 1, Failures = [new BulkFailure(2, "person@example.org", "It was locked.")] });
        Shows("Done. One person was changed.");
        Shows("person@example.org: It was locked.");

        await _circuit.PressAsync("Close");
        Assert.True(await asked);
    }

    [Fact]
    public async Task Where_only_the_first_ones_were_looked_at_it_says_so_and_can_begin()
    {
        _bulk.Preview = _bulk.Preview with { Selected = ListTotal.Many, Changing = new ListTotal(0, IsExact: false), AlreadySo = ListTotal.Many };
        await OpenAsync(new BulkRequest(BulkAction.Activate, new UserSelection.Matching(new UserFilter { Text = "crowd" })));
        Shows("More than 10,000 people are selected. Only the first 10,000 were looked at; what follows tells of those.");
        Shows("Something changes for 0 of them.");
        Assert.False(Button("Activate").HasAttribute("disabled"));

        Submit();
        _bulk.Progress!.Report(new BulkProgress(10_020, ListTotal.Many, 20, 0));

        Shows("10,020 people; changed 20.");
        Assert.False(_circuit.Dialogs.Find("progress").HasAttribute("value"));
    }

    [Fact]
    public async Task It_cannot_begin_where_surely_nothing_changes()
    {
        _bulk.Preview = _bulk.Preview with { Changing = new ListTotal(0) };
        await OpenAsync(new BulkRequest(BulkAction.Activate, new UserSelection.Some([1, 2, 3])));

        Assert.True(Button("Activate").HasAttribute("disabled"));
    }

    [Fact]
    public async Task The_bar_is_as_long_as_there_are_people()
    {
        await OpenAsync(new BulkRequest(BulkAction.Activate, new UserSelection.Matching(new UserFilter())));
        Submit();
        _bulk.Progress!.Report(new BulkProgress(12_000, new ListTotal(1_000_000), 3, 0));

        Shows("12,000 of 1,000,000 people; changed 3.");
        var bar = _circuit.Dialogs.Find("progress");
        Assert.Equal(("12000", "1000000"), (bar.GetAttribute("value"), bar.GetAttribute("max")));
    }

    [Fact]
    public async Task A_stop_is_passed_on_and_told_exactly()
    {
        await OpenAsync(new BulkRequest(BulkAction.Verify, new UserSelection.Some([1, 2, 3])));
        Submit();

        await _circuit.PressAsync("Stop");
        Assert.True(_bulk.Stop.IsCancellationRequested);
        _bulk.Outcome.SetResult(Finished with { Seen = 2, Changed = 2, IsStopped = true });

        Shows("Stopped. 2 people were changed.");
        Shows("It had looked at 2 people.");
    }

    [Fact]
    public async Task Stopped_before_it_has_begun_it_says_that_nobody_was_changed_and_can_begin_anew()
    {
        await OpenAsync(new BulkRequest(BulkAction.Verify, new UserSelection.Some([1, 2, 3])));
        Submit();
        var first = _bulk.Stop;
        await _circuit.PressAsync("Stop");
        _bulk.Outcome.SetCanceled(first);
        Shows("Stopped. Nobody was changed.");

        _bulk.Outcome = new TaskCompletionSource<BulkOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Submit();
        Assert.False(_bulk.Stop.IsCancellationRequested);
        _bulk.Outcome.SetResult(Finished with { Changed = 3 });

        Shows("Done. 3 people were changed.");
    }

    [Fact]
    public async Task What_is_refused_is_said_and_can_be_mended()
    {
        await OpenAsync(new BulkRequest(BulkAction.Block, new UserSelection.Some([1])));
        _bulk.Outcome.SetResult(new BulkOutcome.Refused(new AdminOutcome.Refused([new FieldError("Reason", "Say why.")])));

        Submit();

        Shows("Say why.");
        Assert.Contains(_circuit.Dialogs.FindAll("button"), button => button.TextContent == "Block");
    }

    private static BulkOutcome.Finished Finished => new()
    {
        Batch = "b",
        Seen = 3,
        Changed = 0,
        AlreadySo = 0,
        Skipped = 0,
        EndedSessions = 0,
        Failed = 0,
        Failures = [],
    };

    private async Task<Task<bool>> OpenAsync(BulkRequest request)
    {
        var page = _circuit.Render<Page>();
        Task<bool>? asked = null;
        await page.InvokeAsync(() => { asked = BulkDialog.AskAsync(page.Instance.Dialogs, new ClaimsPrincipal(), request); });
        _circuit.Dialogs.WaitForAssertion(() => Assert.Contains("selected", _circuit.Dialogs.Markup, StringComparison.Ordinal));
        return asked!;
    }

    private AngleSharp.Dom.IElement Button(string words) => Assert.Single(_circuit.Dialogs.FindAll("button"), button => button.TextContent == words);

    /// <summary>Sends the form and goes on: the batch runs until the test ends it.</summary>
    private void Submit() => _ = _circuit.Dialogs.Find("form").SubmitAsync();

    private void Shows(string words) => _circuit.Dialogs.WaitForAssertion(() => Assert.Contains(words, _circuit.Dialogs.Markup, StringComparison.Ordinal));

    /// <summary>A page that opens dialogs.</summary>
    private sealed class Page : ComponentBase
    {
        [Inject] public IDialogService Dialogs { get; init; } = null!;
    }

    private sealed class FakeBulk : IUserBulk
    {
        public BulkPreview Preview { get; set; } = new()
        {
            Selected = new ListTotal(3),
            Changing = new ListTotal(2),
            AlreadySo = new ListTotal(0),
            SkipsYourself = true,
            EndingSessions = new ListTotal(14),
            OnlineNow = 2,
        };

        public BulkRequest? Asked { get; private set; }

        public IProgress<BulkProgress>? Progress { get; private set; }

        public CancellationToken Stop { get; private set; }

        public TaskCompletionSource<BulkOutcome> Outcome { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<BulkPreview> PreviewAsync(BulkRequest request, Operator by, CancellationToken cancellationToken = default) => Task.FromResult(Preview);

        public Task<BulkOutcome> RunAsync(BulkRequest request, Operator by, IProgress<BulkProgress>? progress = null, CancellationToken stop = default)
        {
            (Asked, Progress, Stop) = (request, progress, stop);
            return Outcome.Task;
        }
    }
}
