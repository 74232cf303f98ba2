using System.Net;
using Portal.Accounts;
using Portal.Testing;

namespace Portal.Tests.Web.Admin;

public sealed class EventExportsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("csv", "text/csv", "id,at,kind,subject")]
    [InlineData("jsonl", "application/jsonl", "{\"id\":")]
    public async Task What_the_filter_matches_comes_as_a_file(string format, string type, string beginning)
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator));

        using var answer = await browser.GetAsync($"/admin/events/export?format={format}&subject={user.Id}", Token);

        var file = await answer.Content.ReadAsStringAsync(Token);
        Assert.Equal((HttpStatusCode.OK, type, "attachment"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentDisposition?.DispositionType));
        Assert.StartsWith(beginning, file, StringComparison.Ordinal);
        Assert.Contains(user.Email, file, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task A_stale_proof_and_an_unreadable_filter_lead_back_to_the_page()
    {
        await using var host = await PortalHost.StartAsync();
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync(roles: RoleNames.Administrator));

        using var unreadable = await browser.GetAsync("/admin/events/export?subject=nobody", Token);
        Assert.Equal("/admin/events?subject=nobody", unreadable.LeadsTo());
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        using var stale = await browser.GetAsync("/admin/events/export?kind=sessions&format=jsonl", Token);
        Assert.Equal("/admin/events?kind=sessions&export=refused", stale.LeadsTo());
        Assert.Contains("The file was not made.", (await (await browser.GetAsync(stale.LeadsTo(), Token)).PageAsync()).Alert());
    }

    [Theory]
    [InlineData("kind=bogus", "Give the name of a kind")]
    [InlineData("subject=nobody@nowhere.example", "There is nobody called")]
    [InlineData("actor=nobody@nowhere.example", "There is nobody called")]
    [InlineData("ip=nonsense", "Give a whole network address")]
    [InlineData("ip=192.0.2", "Give a whole network address")]
    [InlineData("from=yesterday", "Give a day as")]
    [InlineData("from=2031-02-04&to=2031-02-03", "This is before the beginning")]
    public async Task A_filter_that_cannot_be_understood_lists_and_exports_nothing_and_says_why(string filter, string why)
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator));

        using var export = await browser.GetAsync($"/admin/events/export?{filter}", Token);
        using var answer = await browser.GetAsync(export.LeadsTo(), Token);
        var page = await answer.PageAsync();

        Assert.StartsWith("/admin/events?", export.LeadsTo(), StringComparison.Ordinal);
        Assert.Contains(why, page.QuerySelector(".field-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing is listed or exported.", page.Alert());
        Assert.Null(page.QuerySelector("table"));
        Assert.DoesNotContain("Export as", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind=signed-in&ip=198.51.100.7")]
    [InlineData("from=2031-02-03&to=2031-02-03")]
    public async Task A_filter_that_can_be_understood_is_offered_as_a_file(string filter)
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator));

        Assert.Contains("Export as CSV", await browser.GetStringAsync($"/admin/events?{filter}", Token), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "8.2.1")]
    public async Task Whoever_does_not_administer_gets_none_of_it()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        foreach (var path in (string[])["/admin/events/export", "/admin/events", "/admin/domains", "/admin/domains/example.org", "/admin/domains/labels", "/admin/identities", "/admin/mail"])
        {
            using var answer = await browser.GetAsync(path, Token);
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
