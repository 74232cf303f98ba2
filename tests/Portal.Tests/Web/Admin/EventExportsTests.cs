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
