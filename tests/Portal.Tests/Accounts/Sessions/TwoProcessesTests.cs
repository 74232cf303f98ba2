using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Sessions;

/// <summary>Two hosts on one database: people move between them, and what one ends the other refuses.</summary>
public sealed class TwoProcessesTests : IAsyncLifetime
{
    private PortalHost _here = null!;
    private PortalHost _there = null!;
    private FeedReader _feed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Theirs is read by hand, so that the tests know when.
        _here = await PortalHost.StartAsync();
        _there = await PortalHost.StartAsync(options =>
        {
            (options.DataDirectory, options.Clock) = (_here.DataDirectory, _here.Clock);
            options.ConfigureServices = services => services.RemoveHosted(typeof(FeedReader));
        });
        _feed = _there.Get<FeedReader>();
        await _feed.ReadAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _there.DisposeAsync();
        await _here.DisposeAsync();
    }

    [Fact]
    public async Task A_session_begun_on_one_is_known_to_the_other()
    {
        var (_, there) = await BrowserOfBothAsync();

        Assert.True(await there.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_session_ended_on_one_is_refused_by_the_other_once_it_read_the_feed()
    {
        var (here, there) = await BrowserOfBothAsync();
        var (_, neighbour) = await BrowserOfBothAsync();
        Assert.True(await there.IsSignedInAsync() && await neighbour.IsSignedInAsync());

        await _here.EndSessionAsync(await _here.IdAsync(here), Token);
        await _feed.ReadAsync(Token);

        using var answer = await there.GetAsync("/account/sessions", Token);
        Assert.Equal("/signed-out?reason=administrator", answer.LeadsTo());
        Assert.True(await neighbour.IsSignedInAsync());
    }

    [Fact]
    public async Task Open_tabs_of_the_other_leave_once_it_read_the_feed()
    {
        var (here, _) = await BrowserOfBothAsync();
        var id = await _here.IdAsync(here);
        var tab = new CircuitSession();
        tab.Open("tab", _there.Get<SessionCache>().LifeOf(id, 1), _there.Clock.GetUtcNow());
        _there.Get<LiveCircuits>().Add(tab);

        await _here.EndSessionAsync(id, Token);
        await _feed.ReadAsync(Token);

        Assert.Equal(SessionEndReason.Administrator, tab.EndReason);
    }

    [Fact]
    public async Task A_message_that_is_lost_costs_the_other_half_a_minute()
    {
        var (here, there) = await BrowserOfBothAsync();
        var (_, neighbour) = await BrowserOfBothAsync();
        Assert.True(await there.IsSignedInAsync() && await neighbour.IsSignedInAsync());
        await _here.EndSessionAsync(await _here.IdAsync(here), Token);
        await _here.QueryAsync(context => context.Feed.ExecuteDeleteAsync(Token));
        await _feed.ReadAsync(Token);

        _here.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.False(await there.IsSignedInAsync());
        Assert.True(await neighbour.IsSignedInAsync());
    }

    [Fact]
    public async Task Open_tabs_whose_end_was_lost_leave_when_the_rows_are_looked_at()
    {
        var (here, _) = await BrowserOfBothAsync();
        var (other, _) = await BrowserOfBothAsync();
        var circuits = _there.Get<LiveCircuits>();
        List<CircuitSession> tabs = [];
        foreach (var browser in new[] { here, other })
        {
            var tab = new CircuitSession();
            tab.Open($"tab of {browser.GetHashCode()}", _there.Get<SessionCache>().LifeOf(await _here.IdAsync(browser), 1), _there.Clock.GetUtcNow());
            circuits.Add(tab);
            tabs.Add(tab);
        }

        await _here.EndSessionAsync(await _here.IdAsync(here), Token);
        await _there.Get<SessionWatch>().HealAsync(Token);

        Assert.Equal((SessionEndReason.Administrator, null), (tabs[0].EndReason, tabs[1].EndReason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("ASVS", "8.3.2")]
    public async Task Open_tabs_to_which_a_change_of_roles_was_lost_get_them_when_the_rows_are_looked_at(bool isGiven)
    {
        var keeper = await _here.CreateUserAsync(roles: RoleNames.Administrator);
        var user = isGiven ? await _here.CreateUserAsync() : await _here.CreateUserAsync(roles: RoleNames.Administrator);
        await using var tab = await TrialTab.OpenAsync(_there, await BrowserOfAsync(user));
        await using var otherTab = await TrialTab.OpenAsync(_there, await BrowserOfAsync(user));
        await using var neighbour = await TrialTab.OpenAsync(_there, await BrowserOfAsync(keeper));
        await _there.Get<SessionWatch>().HealAsync(Token);
        Assert.Equal((0, 0, 0), (tab.TimesGiven, otherTab.TimesGiven, neighbour.TimesGiven));

        var roles = _here.Get<IRoleAdmin>();
        await (isGiven ? roles.AddAsync(user.Email, RoleNames.Administrator, Operator.CommandLine, Token) : roles.RemoveAsync(user.Email, RoleNames.Administrator, Operator.CommandLine, Token));
        await _there.Get<SessionWatch>().HealAsync(Token);

        Assert.Equal(isGiven, (await tab.PersonAsync()).IsInRole(RoleNames.Administrator));
        Assert.Equal(isGiven, (await otherTab.PersonAsync()).IsInRole(RoleNames.Administrator));
        Assert.Equal((1, 1, 0), (tab.TimesGiven, otherTab.TimesGiven, neighbour.TimesGiven));
        Assert.True(await tab.HandlesEventsAsync());
    }

    [Fact]
    public async Task Open_tabs_to_which_a_new_name_was_lost_get_it_when_the_rows_are_looked_at()
    {
        var user = await _here.CreateUserAsync();
        await using var tab = await TrialTab.OpenAsync(_there, await BrowserOfAsync(user));

        await _here.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.UserName, "renamed"), Token));
        await _there.Get<SessionWatch>().HealAsync(Token);

        Assert.Equal("renamed", (await tab.PersonAsync()).Identity?.Name);
    }

    [Fact]
    public async Task The_people_of_open_tabs_are_looked_at_in_one_question_however_many_tabs_there_are()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        List<TrialTab> tabs = [];
        for (var i = 0; i < 5; i++)
        {
            var user = await host.CreateUserAsync();
            tabs.Add(await TrialTab.OpenAsync(host, await host.BeginSessionAsync(user)));
            tabs.Add(await TrialTab.OpenAsync(host, await host.BeginSessionAsync(user)));
        }

        counter.Forget();
        await host.Get<SessionWatch>().HealAsync(Token);

        Assert.Single(counter.Commands, command => command.Contains("\"Users\"", StringComparison.Ordinal));
        foreach (var tab in tabs)
        {
            await tab.DisposeAsync();
        }
    }

    [Fact]
    public async Task Activity_on_one_keeps_the_session_alive_on_the_other()
    {
        var (here, there) = await BrowserOfBothAsync();
        _here.Clock.Advance(TimeSpan.FromHours(11));
        Assert.True(await here.IsSignedInAsync());
        await _here.Get<LastSeenWriter>().WriteAsync(Token);

        _here.Clock.Advance(TimeSpan.FromHours(11));

        Assert.True(await there.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "7.3.1")]
    public async Task Activity_on_one_keeps_the_tab_alive_that_is_open_on_the_other()
    {
        var (here, there) = await BrowserOfBothAsync();
        await using var tab = await TrialTab.OpenAsync(_there, there);
        await using var forgotten = await TrialTab.OpenAsync(_there, (await BrowserOfBothAsync()).There);
        _here.Clock.Advance(TimeSpan.FromHours(11));
        Assert.True(await here.IsSignedInAsync());
        await _here.Get<LastSeenWriter>().WriteAsync(Token);
        await _there.Get<SessionWatch>().HealAsync(Token);

        _here.Clock.Advance(TimeSpan.FromHours(1));

        Assert.True(await tab.HearsAsync());
        Assert.False(await forgotten.HearsAsync());
        Assert.True(await here.IsSignedInAsync());
    }

    [Fact]
    public async Task A_running_process_reads_the_feed_by_itself_within_two_seconds()
    {
        await using var one = await PortalHost.StartAsync(options => options.UseRealClock = true);
        await using var two = await PortalHost.StartAsync(options => (options.UseRealClock, options.DataDirectory) = (true, one.DataDirectory));
        var user = await one.CreateUserAsync();
        var heard = new TaskCompletionSource<AccountEvent.SessionsEnded>(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = two.Get<IAccountEvents>().Subscribe(happened =>
        {
            started.TrySetResult();
            if (happened is AccountEvent.SessionsEnded ended)
            {
                heard.TrySetResult(ended);
            }
        });
        // What happened before its first look is history to it: begin sessions until it has heard of one.
        var browser = await one.BeginSessionAsync(user);
        while (await Task.WhenAny(started.Task, Task.Delay(TimeSpan.FromMilliseconds(300), Token)) != started.Task)
        {
            browser = await one.BeginSessionAsync(user);
        }

        await one.EndSessionAsync(await one.IdAsync(browser), Token);

        var ended = await heard.Task.WaitAsync(TimeSpan.FromSeconds(2), Token);
        Assert.Equal(await one.IdAsync(browser), Assert.Single(ended.SessionIds));
    }

    /// <summary>One browser's session as each of the hosts is sent it.</summary>
    private async Task<(HttpClient Here, HttpClient There)> BrowserOfBothAsync()
    {
        var here = await _here.BeginSessionAsync(await _here.CreateUserAsync());
        return (here, There(here));
    }

    /// <summary>A browser of this person that the other host is sent.</summary>
    private async Task<HttpClient> BrowserOfAsync(TestUser user) => There(await _here.BeginSessionAsync(user));

    private HttpClient There(HttpClient here)
    {
        var there = _there.CreateClient();
        _there.CookiesOf(there).Add(_here.CookiesOf(here).GetCookies(_here.BaseAddress));
        return there;
    }
}
