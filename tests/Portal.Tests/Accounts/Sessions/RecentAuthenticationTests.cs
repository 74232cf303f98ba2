using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

public sealed class RecentAuthenticationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task A_sign_in_counts_as_recent_for_as_long_as_the_settings_say()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Sessions:RecentAuthentication"] = "00:05:00");
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        var asker = SessionAsker.Of(await host.PersonAsync(browser))!;

        host.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.True(await IsRecentAsync(host, asker));

        // Being there is not proving oneself.
        Assert.True(await browser.IsSignedInAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await IsRecentAsync(host, asker));
    }

    [Fact]
    public async Task Neither_an_ended_session_nor_another_persons_counts()
    {
        await using var host = await PortalHost.StartAsync();
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        var other = await host.CreateUserAsync();
        var asker = SessionAsker.Of(await host.PersonAsync(browser))!;
        Assert.False(await IsRecentAsync(host, asker with { UserId = other.Id }));

        await host.EndSessionAsync(asker.SessionId, Token);

        Assert.False(await IsRecentAsync(host, asker));
    }

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task Where_the_account_has_an_app_a_session_that_never_asked_for_it_proves_nothing()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        var asker = SessionAsker.Of(await host.PersonAsync(browser))!;
        Assert.True(await IsRecentAsync(host, asker));

        await host.AddSecondFactorAsync(user);
        Assert.False(await IsRecentAsync(host, asker));

        await host.QueryAsync(context => context.Sessions.Where(row => row.Id == asker.SessionId)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.Method, SessionMethods.WithCode("pwd", SessionMethods.Code)), Token));
        Assert.True(await IsRecentAsync(host, asker));
    }

    private static Task<bool> IsRecentAsync(PortalHost host, SessionAsker asker) =>
        host.QueryAsync(context => host.Get<RecentAuthentication>().IsRecentAsync(context, asker, Token));
}
