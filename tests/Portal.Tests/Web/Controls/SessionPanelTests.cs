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
using Portal.Tests.Web.Profile;

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
        // Exactly when, also for who has no pointer to rest on it.
        Assert.Equal(2, panel.FindAll("ul[aria-label='Ended sessions'] details time[data-moment=exact]").Count);
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
        Assert.Contains("Other browsers that you trusted are asked for a code again.", dialogs.Markup, StringComparison.Ordinal);
        Assert.Empty(sessions.EndedIds);
        await dialogs.FindAll("button").Single(button => button.TextContent == "Sign out everywhere else").ClickAsync();
        await asked;

        panel.WaitForAssertion(() => Assert.Equal(["a", "b"], sessions.EndedIds));
    }

    [Fact]
    [Trait("ASVS", "7.5.2")]
    public async Task Who_proved_themself_long_ago_is_asked_in_place_before_another_session_ends()
    {
        await using var circuit = new PanelContext();
        circuit.Services.AddSingleton<ISessionService>(sessions);
        sessions.Rows = [Row("current", "Chrome", isCurrent: true), Row("other", "Firefox")];
        sessions.Unproved = 2;
        var panel = circuit.Render<SessionPanel>();

        var left = panel.Find("button[aria-label='Sign out Firefox on Linux']").ClickAsync();
        await circuit.PressAsync("Cancel");
        await left;
        Assert.Empty(sessions.EndedIds);

        var ended = panel.Find("button[aria-label='Sign out Firefox on Linux']").ClickAsync();
        await circuit.ProveAsync();
        await ended;
        Assert.Equal(["other"], sessions.EndedIds);
    }

    [Fact]
    public async Task An_end_that_fails_is_said_and_leaves_the_list_as_it_was()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true), Row("other", "Firefox")];
        sessions.Fault = new InvalidOperationException("Table 42 is locked.");
        var panel = context.Render<SessionPanel>();

        await panel.Find("button[aria-label='Sign out Firefox on Linux']").ClickAsync();

        Assert.Equal("That did not work. Try again.", panel.Find("li [role=alert]").TextContent);
        Assert.DoesNotContain("Table 42", panel.Markup, StringComparison.Ordinal);
        Assert.Equal(2, panel.FindAll("ul[aria-label=Sessions] > li").Count);
    }

    [Fact]
    public void What_may_look_odd_is_explained_and_what_to_do_about_the_unknown_is_one_link_away()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true)];

        var help = context.Render<SessionPanel>().Find(".session-help");

        Assert.Contains("Countries are guessed from the address and can be wrong.", help.TextContent, StringComparison.Ordinal);
        Assert.Contains("listed once for each browser", help.TextContent, StringComparison.Ordinal);
        Assert.Equal(["/account/password", "/account/security"], help.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData(false, "Ends if not used")]
    [InlineData(true, "Ends, used or not")]
    public void The_limit_says_whether_use_moves_it(bool endsOfAge, string words)
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true) with { EndsOfAge = endsOfAge }];

        Assert.Contains(context.Render<SessionPanel>().FindAll("dt"), term => term.TextContent == words);
    }

    [Fact]
    public void When_a_device_was_last_seen_is_looked_up_every_minute()
    {
        sessions.Rows = [Row("current", "Chrome", isCurrent: true), Row("other", "Firefox")];
        var panel = context.Render<SessionPanel>();
        var seen = DateTimeOffset.UnixEpoch.AddMinutes(7);
        sessions.Rows = [sessions.Rows[0], sessions.Rows[1] with { LastSeenAt = seen }];

        clock.Advance(TimeSpan.FromMinutes(1));

        panel.WaitForAssertion(() => Assert.Contains("1970-01-01T00:07:00", panel.Find("li[data-session=other] .session-when").InnerHtml, StringComparison.Ordinal));
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

        /// <summary>How many asks are answered that the person must prove who they are.</summary>
        public int Unproved { get; set; }

        public Exception? Fault { get; set; }

        public Task<IReadOnlyList<SessionInfo>> ListAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
        {
            Readings++;
            return Task.FromResult<IReadOnlyList<SessionInfo>>([.. Rows]);
        }

        public Task<EndOutcome> EndAsync(ClaimsPrincipal person, string sessionId, CancellationToken cancellationToken = default) => EndAsync([sessionId]);

        public Task<EndOutcome> EndOthersAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default) =>
            EndAsync([.. Rows.Where(row => !row.IsCurrent).Select(row => row.Id)]);

        private Task<EndOutcome> EndAsync(List<string> ids)
        {
            if (Fault is not null)
            {
                throw Fault;
            }

            if (Unproved > 0)
            {
                Unproved--;
                return Task.FromResult<EndOutcome>(new EndOutcome.NeedsRecentAuthentication());
            }

            ids.ForEach(End);
            return Task.FromResult<EndOutcome>(new EndOutcome.Ended(ids.Count));
        }

        private void End(string sessionId)
        {
            EndedIds.Add(sessionId);
            Rows = [.. Rows.Select(row => row.Id == sessionId ? row with { EndedAt = DateTimeOffset.UnixEpoch, EndReason = SessionEndReason.Revoked } : row)];
        }
    }
}
