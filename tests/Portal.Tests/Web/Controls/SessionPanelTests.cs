using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Agents;
using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class SessionPanelTests : IAsyncLifetime
{
    private readonly BunitContext context = new();
    private readonly FakeSessions sessions = new();
    private readonly FakeEvents events = new();
    private readonly FakeTimeProvider clock = new();

    public ValueTask InitializeAsync()
    {
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddMudServices();
        context.Services.AddSingleton<ISessionService>(sessions);
        context.Services.AddSingleton<IAccountEvents>(events);
        context.Services.AddSingleton<TimeProvider>(clock);
        context.AddAuthorization().SetAuthorized("person").SetClaims(
            new Claim(ClaimTypes.NameIdentifier, "1"), new Claim(SessionClaims.SessionIdType, "current"));
        context.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", true));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public void The_current_session_says_so_and_others_can_be_signed_out_by_name()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true, tabs: 2), Row("other", "Firefox", tabs: 1)];

        var panel = context.Render<SessionPanel>();

        var rows = panel.FindAll("ul[aria-label=Sessions] > li");
        Assert.Contains("This device", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("2 tabs", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Online now", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("Sign out Firefox on Linux", rows[1].QuerySelector("button")!.GetAttribute("aria-label"));
        Assert.Contains(panel.FindAll("button"), button => button.TextContent == "Sign out everywhere else");
    }

    [Fact]
    public void Alone_there_is_nobody_else_to_sign_out()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true)];

        var panel = context.Render<SessionPanel>();

        Assert.Contains("Only this browser is signed in.", panel.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign out everywhere else", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_a_device_out_ends_that_session_and_says_so()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true), Row("other", "Firefox")];
        var panel = context.Render<SessionPanel>();

        await panel.Find("button[aria-label='Sign out Firefox on Linux']").ClickAsync();

        Assert.Equal(["other"], sessions.EndedIds);
        Assert.Contains("Firefox on Linux is signed out.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Signed out from another device", panel.Find("ul[aria-label='Ended sessions']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_signs_in_appears_without_a_refresh()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true)];
        var panel = context.Render<SessionPanel>();

        sessions.Rows = [Row("current", "Chrome", isCurrent: true), Row("other", "Firefox")];
        events.Publish(new AccountEvent.SessionStarted(1, "other"));

        panel.WaitForAssertion(() => Assert.Contains("Firefox on Linux signed in.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_burst_of_hints_is_gathered_and_the_last_one_is_not_lost()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true)];
        var panel = context.Render<SessionPanel>();
        var before = sessions.Readings;

        for (var i = 0; i < 100; i++)
        {
            events.Publish(new AccountEvent.TabsChanged(1, "current"));
        }

        sessions.Rows = [Row("current", "Chrome", isCurrent: true, tabs: 7)];
        Assert.Equal(before + 1, sessions.Readings);
        clock.Advance(TimeSpan.FromMilliseconds(250));

        panel.WaitForAssertion(() => Assert.Contains("7 tabs", panel.Markup, StringComparison.Ordinal));
        Assert.Equal(before + 2, sessions.Readings);
    }

    [Fact]
    public void What_happens_to_others_is_not_read()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true)];
        context.Render<SessionPanel>();
        var before = sessions.Readings;

        events.Publish(new AccountEvent.SessionStarted(2, "theirs"));

        Assert.Equal(before, sessions.Readings);
    }

    [Fact]
    public async Task A_closed_panel_hears_nothing_more()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true)];
        context.Render<SessionPanel>();

        await context.DisposeComponentsAsync();

        Assert.Equal(0, events.Subscribers);
    }

    [Fact]
    public async Task Everywhere_else_is_asked_before_it_is_done()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true), Row("a", "Firefox"), Row("b", "Safari")];
        var dialogs = context.Render<MudDialogProvider>();
        var panel = context.Render<SessionPanel>();

        var asked = panel.FindAll("button").Single(button => button.TextContent == "Sign out everywhere else").ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Contains("2 other sessions end now", dialogs.Markup, StringComparison.Ordinal));
        Assert.Empty(sessions.EndedIds);
        await dialogs.FindAll("button").Single(button => button.TextContent == "Sign out everywhere else").ClickAsync();
        await asked;

        panel.WaitForAssertion(() => Assert.Equal(["a", "b"], sessions.EndedIds));
    }

    private static SessionInfo Row(string id, string browser, bool isCurrent = false, int tabs = 0) => new()
    {
        Id = id,
        UserId = 1,
        IsCurrent = isCurrent,
        Tabs = tabs,
        CreatedAt = DateTimeOffset.UnixEpoch,
        LastSeenAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(1),
        Agent = new AgentInfo(browser, "150", "Linux", DeviceClass.Desktop),
        Method = "pwd",
    };

    private sealed class FakeSessions : ISessionService
    {
        public List<SessionInfo> Rows { get; set; } = [];

        public List<string> EndedIds { get; } = [];

        public int Readings { get; private set; }

        public Task<IReadOnlyList<SessionInfo>> ListAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
        {
            Readings++;
            return Task.FromResult<IReadOnlyList<SessionInfo>>([.. Rows]);
        }

        public Task<bool> EndAsync(ClaimsPrincipal person, string sessionId, CancellationToken cancellationToken = default)
        {
            End(sessionId);
            return Task.FromResult(true);
        }

        public Task<int> EndOthersAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
        {
            var others = Rows.Where(row => !row.IsCurrent).Select(row => row.Id).ToList();
            others.ForEach(End);
            return Task.FromResult(others.Count);
        }

        private void End(string sessionId)
        {
            EndedIds.Add(sessionId);
            Rows = [.. Rows.Select(row => row.Id == sessionId ? row with { EndedAt = DateTimeOffset.UnixEpoch, EndReason = SessionEndReason.Revoked } : row)];
        }
    }
}
