using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Web.Shell;

public sealed class SessionHeadersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_in_front_is_told_whose_answer_it_carries_where_it_is_to_be()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Sessions:ResponseHeaders"] = "true");
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        using var stranger = host.CreateClient();

        using var page = await browser.GetAsync("/account/sessions", Token);
        using var anonymous = await stranger.GetAsync("/login", Token);

        Assert.Equal([(await host.PersonAsync(browser)).SessionId()], page.Headers.GetValues("X-Session-ID"));
        Assert.Equal([$"{user.Id}"], page.Headers.GetValues("X-User-ID"));
        Assert.False(anonymous.Headers.Contains("X-Session-ID"));
        Assert.False(anonymous.Headers.Contains("X-User-ID"));
    }

    [Fact]
    public async Task Nothing_is_told_by_default()
    {
        await using var host = await PortalHost.StartAsync();
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());

        using var page = await browser.GetAsync("/account/sessions", Token);

        Assert.False(page.Headers.Contains("X-Session-ID"));
        Assert.False(page.Headers.Contains("X-User-ID"));
    }
}
