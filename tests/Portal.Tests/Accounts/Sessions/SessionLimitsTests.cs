using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

public sealed class SessionLimitsTests : IAsyncLifetime
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [Trait("ASVS", "7.3.1")]
    [InlineData(false, "12:00:00")]
    [InlineData(true, "14.00:00:00")]
    public async Task A_session_that_stays_silent_for_its_idle_limit_ends(bool remember, string limit)
    {
        var idle = TimeSpan.Parse(limit, System.Globalization.CultureInfo.InvariantCulture);
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync(), remember);

        _host.Clock.Advance(idle - Moment);
        Assert.True(await browser.IsSignedInAsync());
        // The request counted, so all of the limit is there again.
        _host.Clock.Advance(idle);

        await EndedAsync(browser, "idle");
    }

    [Fact]
    [Trait("ASVS", "7.3.1")]
    public async Task A_forgotten_tab_that_takes_up_its_line_keeps_no_session_alive()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        for (var i = 0; i < 12; i++)
        {
            _host.Clock.Advance(TimeSpan.FromHours(1) - Moment);
            using var line = await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Token);
            Assert.True(line.IsSuccessStatusCode);
        }

        _host.Clock.Advance(12 * Moment);
        await EndedAsync(browser, "idle");
    }

    [Theory]
    [Trait("ASVS", "7.3.2")]
    [InlineData(false, 11, 30 * 24)]
    [InlineData(true, 13 * 24, 30 * 24)]
    public async Task A_session_ends_at_its_absolute_limit_however_busy_it_is(bool remember, int everyHours, int limitHours)
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync(), remember);
        var end = _host.Clock.GetUtcNow() + TimeSpan.FromHours(limitHours);

        while (_host.Clock.GetUtcNow() + TimeSpan.FromHours(everyHours) < end)
        {
            _host.Clock.Advance(TimeSpan.FromHours(everyHours));
            Assert.True(await browser.IsSignedInAsync());
        }

        _host.Clock.Advance(end - _host.Clock.GetUtcNow() - Moment);
        Assert.True(await browser.IsSignedInAsync());
        _host.Clock.Advance(Moment);

        await EndedAsync(browser, "expired");
    }

    [Fact]
    [Trait("ASVS", "7.3.2")]
    public async Task Within_the_second_of_its_limit_a_session_still_lives_and_then_ends_as_expired()
    {
        // The cookie's own limit knows whole seconds only, and must not be the one that decides.
        _host.Clock.Advance(TimeSpan.FromMilliseconds(900));
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync(), remember: true);
        for (var i = 0; i < 3; i++)
        {
            _host.Clock.Advance(TimeSpan.FromDays(9));
            Assert.True(await browser.IsSignedInAsync());
        }

        _host.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromMilliseconds(500));
        Assert.True(await browser.IsSignedInAsync());
        _host.Clock.Advance(TimeSpan.FromMilliseconds(500));

        await EndedAsync(browser, "expired");
    }

    [Fact]
    public async Task Administrators_have_an_hour_of_silence_and_half_a_day_in_all()
    {
        var administrator = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        using var silent = await _host.BeginSessionAsync(administrator, remember: true);
        using var busy = await _host.BeginSessionAsync(administrator, remember: true);
        for (var minutes = 0; minutes < (12 * 60) - 50; minutes += 50)
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(50));
            Assert.True(await busy.IsSignedInAsync());
        }

        await EndedAsync(silent, "idle");
        _host.Clock.Advance(TimeSpan.FromMinutes(20));
        await EndedAsync(busy, "expired");
    }

    [Fact]
    [Trait("ASVS", "8.3.2")]
    public async Task Becoming_administrator_shortens_the_sessions_one_has()
    {
        var user = await _host.CreateUserAsync();
        using var old = await _host.BeginSessionAsync(user, remember: true);
        _host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True(await old.IsSignedInAsync());
        using var young = await _host.BeginSessionAsync(user, remember: true);

        Assert.IsType<AdminOutcome.Done>(await _host.Get<IRoleAdmin>().AddAsync(user.Email, RoleNames.Administrator, Operator.CommandLine, Token));

        await EndedAsync(old, "expired");
        _host.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(await young.IsSignedInAsync());
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await EndedAsync(young, "idle");
    }

    [Fact]
    public async Task Settings_set_the_limits_and_the_shorter_one_counts()
    {
        await using var host = await PortalHost.StartAsync(options =>
        {
            options.Clock = _host.Clock;
            options.Settings["Sessions:IdleTimeout"] = "00:10:00";
            options.Settings["Sessions:AbsoluteTimeout"] = "00:30:00";
        });
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());

        var session = Assert.Single(await host.AllSessionsAsync());

        // Ten minutes is less than the twelve hours for who does not stay signed in.
        Assert.Equal(host.Clock.GetUtcNow() + TimeSpan.FromMinutes(10), session.ExpiresAt);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_session_over_its_limit_gives_the_services_nobody()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        var id = await _host.IdAsync(browser);
        _host.Clock.Advance(TimeSpan.FromHours(12));

        var (person, reason) = await _host.Get<SessionStore>().FindPersonAsync(id, Token);

        Assert.Null(person);
        Assert.Equal(Portal.Accounts.Events.SessionEndReason.Idle, reason);
    }

    private async Task EndedAsync(HttpClient browser, string reason)
    {
        using var answer = await browser.GetAsync("/account/sessions", Token);
        Assert.Equal($"/signed-out?reason={reason}", answer.LeadsTo());
        Assert.Equal(reason, (await _host.RowAsync(await _host.IdAsync(browser))).EndReason);
    }
}
