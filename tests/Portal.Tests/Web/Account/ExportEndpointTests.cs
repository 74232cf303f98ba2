using System.Net;
using System.Text.Json.Nodes;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Web.Account;

public sealed class ExportEndpointTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_file_comes_under_a_name_with_the_date_and_is_kept_by_nobody_on_the_way()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);

        using var answer = await PortalHost.PostFormAsync(browser, "/account/privacy", "/account/export", [], Token);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(("attachment", $"my-account-{_host.Clock.GetUtcNow():yyyy-MM-dd}.json"), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileName));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(user.Email, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!["account"]!["email"]);
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task A_session_that_proved_itself_long_ago_is_sent_back_to_do_so()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        await _host.AgeAsync(await _host.PersonAsync(browser));

        using var answer = await PortalHost.PostFormAsync(browser, "/account/privacy", "/account/export", [], Token);

        Assert.Equal("/account/privacy?export=refused", answer.LeadsTo());
        Assert.Contains("The file was not made.", (await (await browser.GetAsync(answer.LeadsTo(), Token)).PageAsync()).Alert());
    }

    [Fact]
    [Trait("ASVS", "2.4.1")]
    public async Task After_so_many_files_the_page_says_how_long_to_wait_for_the_next()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["RateLimits:Export"] = "1 per hour");
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        using var first = await PortalHost.PostFormAsync(browser, "/account/privacy", "/account/export", [], Token);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using var second = await PortalHost.PostFormAsync(browser, "/account/privacy", "/account/export", [], Token);

        Assert.Equal("/account/privacy?export=throttled", second.LeadsTo());
        Assert.Contains("You took too many files along lately. Try again in 60 minutes.", (await (await browser.GetAsync(second.LeadsTo(), Token)).PageAsync()).Alert());
    }

    [Fact]
    [Trait("ASVS", "3.5.1")]
    public async Task Another_site_cannot_cause_an_export()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);

        using var posted = await browser.PostAsync("/account/export", new FormUrlEncodedContent([]), Token);
        using var asked = await browser.GetAsync("/account/export", Token);

        Assert.Equal((HttpStatusCode.BadRequest, "/account/privacy"), (posted.StatusCode, asked.LeadsTo()));
        Assert.DoesNotContain("data-exported", await _host.EventsOfAsync(user.Id));
    }
}
