using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Sessions;

public sealed class HotPathTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_first_request_a_hundred_more_ask_the_database_nothing()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        Assert.True(await browser.IsSignedInAsync());
        counter.Forget();

        for (var i = 0; i < 100; i++)
        {
            Assert.True(await browser.IsSignedInAsync());
        }

        Assert.Empty(counter.Commands);
    }

    [Fact]
    public async Task An_ended_session_is_looked_up_once_a_request_and_nothing_is_written()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        await host.EndSessionAsync(await host.IdAsync(browser), Token);
        counter.Forget();

        Assert.False(await browser.IsSignedInAsync());

        Assert.StartsWith("SELECT", Assert.Single(counter.Commands), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "8.3.2")]
    public async Task A_role_given_or_taken_shows_on_the_next_request()
    {
        await using var host = await PortalHost.StartAsync();
        await host.CreateUserAsync(roles: RoleNames.Administrator);
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        var roles = host.Get<IRoleAdmin>();

        Assert.False(await SeesAdministrationAsync(browser));
        await roles.AddAsync(user.Email, RoleNames.Administrator, Operator.CommandLine, Token);
        Assert.True(await SeesAdministrationAsync(browser));
        await roles.RemoveAsync(user.Email, RoleNames.Administrator, Operator.CommandLine, Token);
        Assert.False(await SeesAdministrationAsync(browser));
    }

    private static async Task<bool> SeesAdministrationAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/account/sessions", Token);
        return (await answer.PageAsync()).QuerySelector("nav.areas a[href='/admin']") is not null;
    }
}
