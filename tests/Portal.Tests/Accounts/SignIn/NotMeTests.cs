using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Activity;
using Portal.Accounts.Data;
using Portal.Accounts.SignIn;
using Portal.Accounts.Users;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;

namespace Portal.Tests.Accounts.SignIn;

/// <summary>"This wasn't me": the link in the mail about a new sign-in.</summary>
public sealed partial class NotMeTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _ana = null!;
    private HttpClient _own = null!;
    private HttpClient _intruder = null!;
    private Uri _link = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _ana = await _host.CreateUserAsync();
        _own = _host.CreateClient();
        await PortalHost.SignInAsync(_own, _ana, remember: true, cancellationToken: Token);
        (_intruder, _link) = await IntrudeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Opening_the_link_shows_the_session_and_ends_nothing_however_often_it_is_opened()
    {
        using var filter = _host.CreateClient();
        for (var i = 0; i < 3; i++)
        {
            using var opened = await filter.GetAsync(_link, Token);
            var facts = (await opened.PageAsync()).QuerySelectorAll("main dl.facts dd").Select(fact => fact.TextContent).ToList();
            Assert.Equal(["Firefox on Linux", "203.0.113.66"], facts.Skip(1));
        }

        Assert.True(await _intruder.IsSignedInAsync());
    }

    [Fact]
    public async Task Pressing_the_button_ends_that_session_and_no_other_signs_nobody_in_and_leads_to_a_new_password()
    {
        using var browser = _host.CreateClient("192.0.2.91");

        var page = await PressAsync(browser, _link);

        Assert.Contains("The session has ended.", page.Alert());
        Assert.Equal("/forgot-password", page.QuerySelector("main a.button.primary")!.GetAttribute("href"));
        Assert.False(await browser.IsSignedInAsync());
        Assert.False(await _intruder.IsSignedInAsync());
        Assert.True(await _own.IsSignedInAsync());
        var row = await _host.RowAsync(await _host.IdAsync(_intruder));
        Assert.Equal(("revoked", _ana.Id), (row.EndReason, row.EndedById));
    }

    [Fact]
    [Trait("ASVS", "7.4.3")]
    public async Task What_was_added_to_the_account_since_that_sign_in_goes_and_what_was_there_before_stays()
    {
        using var mine = _host.NewPasskey();
        using var theirs = _host.NewPasskey();
        var person = await _host.PersonAsync(_intruder);
        await _host.HasPasskeyAsync(person, mine);
        await _host.QueryAsync(async context =>
        {
            // Before the intruder came.
            var row = await context.UserPasskeys.SingleAsync(Token);
            row.Data.CreatedAt = _host.Clock.GetUtcNow() - TimeSpan.FromDays(1);
            return await context.SaveChangesAsync(Token);
        });
        await _host.HasPasskeyAsync(person, theirs);
        await _host.AddSecondFactorAsync(_ana);
        await _host.QueryAsync(async context =>
        {
            context.UserLogins.Add(new UserIdentity { UserId = _ana.Id, LoginProvider = "oidc", ProviderKey = "intruder" });
            return await context.SaveChangesAsync(Token);
        });

        await PressAsync(_host.CreateClient("192.0.2.91"), _link);

        Assert.Equal(mine.CredentialId, (await _host.QueryAsync(context => context.UserPasskeys.SingleAsync(Token))).CredentialId);
        Assert.Equal(0, await _host.QueryAsync(context => context.UserLogins.CountAsync(Token)));
        Assert.Equal((0, 0), await _host.QueryAsync(async context => (await context.Authenticators.CountAsync(Token), await context.Users.CountAsync(user => user.TwoFactorEnabled, Token))));
        var entry = await _host.QueryAsync(context => context.AuditEvents.SingleAsync(row => row.Kind == "reported-not-me", Token));
        Assert.Contains("\"removed\":3", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "6.3.7")]
    public async Task What_goes_is_logged_one_by_one_and_told_by_a_mail_to_the_persons_own_address()
    {
        await ChangeAddressAsync("intruder@elsewhere.example.org");
        await _host.AddSecondFactorAsync(_ana);
        await _host.QueryAsync(async context =>
        {
            context.UserLogins.Add(new UserIdentity { UserId = _ana.Id, LoginProvider = "oidc", ProviderKey = "intruder", CreatedAt = _host.Clock.GetUtcNow() });
            await context.Users.Where(row => row.Id == _ana.Id).ExecuteUpdateAsync(row => row.SetProperty(user => user.HasShortPassword, true), Token);
            return await context.SaveChangesAsync(Token);
        });

        await PressAsync(_host.CreateClient("192.0.2.91"), _link);

        var mail = await _host.Mails.WaitForAsync(_ana.Email, "Ways to sign in", Token);
        Assert.Contains("Removed: the sign-in with oidc, the authenticator app with its recovery codes, the password, which was short", mail.TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var rows = await _host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == _ana.Id && row.Details!.Contains("by_report")).OrderBy(row => row.Id).ToListAsync(Token));
        Assert.Equal(["identity-unlinked", "second-factor-removed", "password-removed"], rows.Select(row => row.Kind));
        Assert.All(rows, row => Assert.Equal((_ana.Id, "192.0.2.91"), (row.ActorId, row.Ip)));
        var listed = await _host.Get<IActivityService>().ListAsync(await _host.PersonAsync(_own), null, null, 50, Token);
        Assert.All(listed.Results.Where(happened => rows.Exists(row => row.Id == happened.Id)), happened => Assert.False(happened.CanBeReported));
    }

    [Theory]
    [InlineData("pwd", null, "knows your password", "/forgot-password")]
    [InlineData("hwk user mfa", null, "has one of your passkeys", "/login?returnUrl=%2Faccount%2Fsecurity")]
    [InlineData("pwd", "example", "can sign in as you at example", "/forgot-password")]
    public async Task The_page_says_what_whoever_signed_in_has(string method, string? provider, string words, string way)
    {
        var id = await _host.IdAsync(_intruder);
        await _host.QueryAsync(context => context.Sessions.Where(row => row.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.Method, method).SetProperty(session => session.Provider, provider), Token));

        var page = await PressAsync(_host.CreateClient("192.0.2.91"), _link);

        Assert.Contains(words, page.Alert(), StringComparison.Ordinal);
        Assert.Equal(way, page.QuerySelector("main a.button.primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_report_is_in_the_log_with_where_it_was_made()
    {
        await PressAsync(_host.CreateClient("192.0.2.91"), _link);

        var entry = await _host.QueryAsync(context => context.AuditEvents.SingleAsync(row => row.Kind == "reported-not-me", Token));
        Assert.Equal((_ana.Id, _ana.Id, "192.0.2.91"), (entry.SubjectId, entry.ActorId, entry.Ip));
        Assert.Contains($"\"session\":\"{await _host.IdAsync(_intruder)}\"", entry.Details);
        Assert.Contains("\"ended\":true", entry.Details);
    }

    [Fact]
    public async Task A_link_works_once()
    {
        using var browser = _host.CreateClient();
        var form = await PortalHost.OpenFormAsync(browser, _link.PathAndQuery, "not-me", Token);
        await PressAsync(browser, _link);

        using var posted = await browser.PostAsync(_link, form.ToContent(), Token);
        using var opened = await browser.GetAsync(_link, Token);

        Assert.Contains("This link was used already.", (await posted.PageAsync()).Alert());
        Assert.Contains("This link was used already.", (await opened.PageAsync()).Alert());
        Assert.Equal(1, await _host.QueryAsync(context => context.AuditEvents.CountAsync(row => row.Kind == "reported-not-me", Token)));
    }

    [Fact]
    public async Task Of_many_presses_at_once_exactly_one_reports()
    {
        using var browser = _host.CreateClient();
        var form = await PortalHost.OpenFormAsync(browser, _link.PathAndQuery, "not-me", Token);

        var alerts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var answer = await browser.PostAsync(_link, form.ToContent(), Token);
            return (await answer.PageAsync()).Alert();
        }));

        Assert.Single(alerts, alert => alert.Contains("The session has ended.", StringComparison.Ordinal));
        Assert.Equal(7, alerts.Count(alert => alert.Contains("This link was used already.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_link_works_for_24_hours()
    {
        using var browser = _host.CreateClient();
        _host.Clock.Advance(SignInNotice.LinkLifetime - TimeSpan.FromTicks(1));
        var form = await PortalHost.OpenFormAsync(browser, _link.PathAndQuery, "not-me", Token);
        _host.Clock.Advance(TimeSpan.FromTicks(1));

        using var posted = await browser.PostAsync(_link, form.ToContent(), Token);
        using var opened = await browser.GetAsync(_link, Token);

        Assert.Equal(TimeSpan.FromHours(24), SignInNotice.LinkLifetime);
        Assert.Contains("This link has expired.", (await posted.PageAsync()).Alert());
        Assert.Contains("This link has expired.", (await opened.PageAsync()).Alert());
        Assert.True(await _intruder.IsSignedInAsync());
    }

    [Fact]
    public async Task A_session_that_has_ended_already_can_still_be_reported()
    {
        await _host.EndSessionAsync(await _host.IdAsync(_intruder), Token);
        using var browser = _host.CreateClient();

        var opened = await browser.GetStringAsync(_link, Token);
        var page = await PressAsync(browser, _link);

        Assert.Contains("This session has ended already.", opened);
        Assert.Contains("The session has ended.", page.Alert());
        Assert.Equal("administrator", (await _host.RowAsync(await _host.IdAsync(_intruder))).EndReason);
        Assert.Contains("\"ended\":false", await _host.QueryAsync(context =>
            context.AuditEvents.Where(row => row.Kind == "reported-not-me").Select(row => row.Details).SingleAsync(Token)));
    }

    [Fact]
    public async Task Pressed_in_the_very_browser_it_is_about_the_page_looks_signed_out_at_once()
    {
        using var posted = await PortalHost.PostFormAsync(_intruder, _link.PathAndQuery, "not-me", [], Token);
        using var answer = await _intruder.GetAsync(posted.Headers.Location, Token);

        var page = await answer.PageAsync();
        Assert.Contains("The session has ended.", page.Alert());
        Assert.Null(page.QuerySelector($"form[action='{PortalUrls.SignOutPath}']"));
        Assert.DoesNotContain(_ana.UserName!, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_links_of_several_sessions_work_side_by_side()
    {
        var (second, secondLink) = await IntrudeAsync();

        await PressAsync(_host.CreateClient(), _link);
        Assert.True(await second.IsSignedInAsync());
        await PressAsync(_host.CreateClient(), secondLink);

        Assert.False(await second.IsSignedInAsync());
    }

    [Fact]
    public async Task A_link_ends_nobody_elses_session()
    {
        var bo = await _host.CreateUserAsync();
        var (_, token) = StaticLink.Parts(_link);

        using var answer = await _host.CreateClient().GetAsync($"/not-me?user={bo.Id}&token={token}", Token);

        Assert.Contains("This link does not work.", (await answer.PageAsync()).Alert());
        Assert.Equal(OneTimeLinkStatus.Usable, (await _host.Get<INotMeService>().FindAsync(_ana.Id, token, Token)).Status);
    }

    [Theory]
    [InlineData("/not-me")]
    [InlineData("/not-me?user=1")]
    [InlineData("/not-me?user=-1&token=x")]
    [InlineData("/not-me?user=99999999999999999999&token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/not-me?user=1&token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_link_does_not_work(string link)
    {
        using var answer = await _host.CreateClient().GetAsync(link, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("This link does not work.", (await answer.PageAsync()).Alert());
    }

    [Fact]
    public async Task Without_recovery_the_way_leads_to_the_own_sessions()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:Recovery"] = "false");

        using var answer = await host.CreateClient().GetAsync("/not-me?user=1&token=cut", Token);

        var buttons = (await answer.PageAsync()).QuerySelectorAll("main a.button").Select(button => button.GetAttribute("href"));
        Assert.Equal(["/login?returnUrl=%2Faccount%2Fsessions"], buttons);
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> PressAsync(HttpClient browser, Uri link)
    {
        using var answer = await PortalHost.PostFormAsync(browser, link.PathAndQuery, "not-me", [], Token);
        return await answer.PageAsync();
    }

    private async Task<(HttpClient Browser, Uri Link)> IntrudeAsync()
    {
        var sent = _host.Mails.All.Count;
        var browser = _host.CreateClient("203.0.113.66");
        await PortalHost.SignInAsync(browser, _ana, remember: true, cancellationToken: Token);
        return (browser, CaughtMails.LinkOf(await _host.Mails.WaitForAsync(_ana.Email, "New sign-in", after: sent, Token)));
    }
}
