using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Agents;
using Portal.Admin;
using Portal.Controls.Lists;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Admin;

public sealed class AllSessionsPanelTests : IAsyncDisposable
{
    private readonly PanelContext _circuit = new();
    private readonly FakeSessionAdmin _sessions = new();

    public AllSessionsPanelTests() => _circuit.Services.AddSingleton<ISessionAdmin>(_sessions);

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Fact]
    public async Task While_many_end_it_shows_how_many_have_and_a_stop_is_passed_on_and_told()
    {
        var panel = _circuit.Render<AllSessionsPanel>(parameters => parameters.Add(list => list.Address, ListAddress.Of("https://portal.example/admin/sessions")));

        var asking = Button(panel, "End everybody's").ClickAsync(new());
        await _circuit.PressAsync("End 4,000 sessions");
        panel.WaitForAssertion(() => Assert.NotNull(_sessions.Progress));
        Assert.True(Button(panel, "End everybody's").HasAttribute("disabled"));
        _sessions.Progress!(1000);
        panel.WaitForAssertion(() => Assert.Contains("1,000 of 4,000 sessions have ended.", panel.Markup, StringComparison.Ordinal));
        Assert.Equal(("1000", "4000"), (panel.Find("progress").GetAttribute("value"), panel.Find("progress").GetAttribute("max")));

        await Button(panel, "Stop").ClickAsync(new());
        Assert.True(_sessions.Stop.IsCancellationRequested);
        _sessions.Outcome.SetResult(new AdminOutcome.Done(2000) { IsStopped = true });
        await asking;

        Assert.Contains("Stopped. 2,000 sessions have ended; the others stay.", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("progress"));
        Assert.False(Button(panel, "End everybody's").HasAttribute("disabled"));
    }

    [Fact]
    public void The_button_of_the_filters_counts_what_narrows_and_nothing_that_cannot_be_read()
    {
        var panel = _circuit.Render<AllSessionsPanel>(parameters => parameters.Add(list => list.Address, ListAddress.Of("https://portal.example/admin/sessions?country=de&show=online&since=never")));

        Assert.Equal("Filters (2)", panel.Find("[data-fold] summary").TextContent);
    }

    [Theory]
    [InlineData("since=soon")]
    [InlineData("show=onlin")]
    public void What_cannot_be_understood_lists_nobody_and_offers_to_end_nobody(string query)
    {
        var panel = _circuit.Render<AllSessionsPanel>(parameters => parameters.Add(list => list.Address, ListAddress.Of($"https://portal.example/admin/sessions?{query}")));

        Assert.Contains("Nothing is listed or ended.", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("person@example.org", panel.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(panel.FindAll("button"), button => button.TextContent.StartsWith("End", StringComparison.Ordinal));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<AllSessionsPanel> panel, string words) =>
        panel.FindAll("button").Single(button => button.TextContent == words);

    private sealed class FakeSessionAdmin : ISessionAdmin
    {
        public Action<long>? Progress { get; private set; }

        public CancellationToken Stop { get; private set; }

        public TaskCompletionSource<AdminOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<ListPage<LiveSessionInfo>> ListAsync(SessionSearch search, ListWindow window, CancellationToken cancellationToken) => Task.FromResult(new ListPage<LiveSessionInfo>(
            [
                new LiveSessionInfo(
                    new SessionInfo { Id = "other", UserId = 2, CreatedAt = default, LastSeenAt = default, ExpiresAt = default, Agent = new AgentInfo("Firefox", "140", "Linux", DeviceClass.Desktop), Method = "pwd" },
                    "person@example.org", null, null),
            ],
            new ListTotal(1), null, null));

        public Task<SessionInfo?> FindAsync(string sessionId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SessionKinds> KindsAsync(CancellationToken cancellationToken) => Task.FromResult(new SessionKinds([], [], []));

        public Task<SessionsPreview> PreviewAsync(SessionChoice which, Operator by, CancellationToken cancellationToken) =>
            Task.FromResult(new SessionsPreview(new ListTotal(4000), 9, 2, true));

        public Task<AdminOutcome> EndAsync(SessionChoice which, Operator by, Action<long>? progress, CancellationToken stop)
        {
            (Progress, Stop) = (progress, stop);
            return Outcome.Task;
        }

        public Task<(int Ended, int Deleted)?> CleanAsync(Operator by, Action<long>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
