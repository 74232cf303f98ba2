using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Sessions;

public sealed class LastSeenTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_many_requests_one_write_a_minute_says_when_a_session_was_seen()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        var id = await host.IdAsync(browser);
        var began = host.Clock.GetUtcNow();
        for (var i = 0; i < 20; i++)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(900));
            Assert.True(await browser.IsSignedInAsync());
        }

        Assert.Equal(began, (await host.RowAsync(id)).LastSeenAt);
        Assert.Equal(host.Clock.GetUtcNow(), Assert.Single(await host.AllSessionsAsync()).LastSeenAt);

        counter.Forget();
        await host.Get<LastSeenWriter>().WriteAsync(Token);
        await host.Get<LastSeenWriter>().WriteAsync(Token);

        Assert.Single(counter.Commands, command => command.Contains("UPDATE \"Sessions\"", StringComparison.Ordinal));
        var row = await host.RowAsync(id);
        Assert.Equal((host.Clock.GetUtcNow(), host.Clock.GetUtcNow() + TimeSpan.FromHours(12)), (row.LastSeenAt, row.ExpiresAt));
    }

    [Fact]
    public async Task A_portal_that_stops_writes_what_it_has_not_written()
    {
        using var folder = new TemporaryFolder();
        var host = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path);
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        var id = await host.IdAsync(browser);
        host.Clock.Advance(TimeSpan.FromSeconds(17));
        Assert.True(await browser.IsSignedInAsync());
        var seen = host.Clock.GetUtcNow();

        await host.DisposeAsync();

        await using var next = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path);
        Assert.Equal(seen, (await next.RowAsync(id)).LastSeenAt);
    }

    [Fact]
    public async Task A_session_survives_a_restart()
    {
        using var folder = new TemporaryFolder();
        var host = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path);
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        var cookies = host.CookiesOf(browser).GetCookies(host.BaseAddress);
        await host.DisposeAsync();

        await using var next = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path);
        using var same = next.CreateClient();
        next.CookiesOf(same).Add(cookies);

        Assert.True(await same.IsSignedInAsync());
    }

    [Fact]
    public async Task An_ended_session_is_not_written_to()
    {
        await using var host = await PortalHost.StartAsync();
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        var id = await host.IdAsync(browser);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await browser.IsSignedInAsync());
        await host.EndSessionAsync(id, Token);
        var before = await host.RowAsync(id);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(await browser.IsSignedInAsync());

        await host.Get<LastSeenWriter>().WriteAsync(Token);

        Assert.Equal((before.LastSeenAt, before.EndedAt), ((await host.RowAsync(id)).LastSeenAt, (await host.RowAsync(id)).EndedAt));
    }
}
