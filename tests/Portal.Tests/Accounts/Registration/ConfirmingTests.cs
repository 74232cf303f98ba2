using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Accounts.Registration;
using Portal.Testing;

namespace Portal.Tests.Accounts.Registration;

public sealed partial class ConfirmingTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static int asked;

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_confirms_once()
    {
        var (user, link) = await UnconfirmedAsync(_host);
        using var browser = _host.CreateClient();

        var first = await ConfirmAsync(browser, link);
        using var second = await browser.GetAsync(link, Token);

        Assert.Contains("Your address is confirmed.", first);
        Assert.Contains("This link was used already", (await second.PageAsync()).Alert());
        Assert.NotNull((await FindAsync(user)).ConfirmedAt);
    }

    [Fact]
    public async Task Opening_the_link_confirms_nothing_and_does_not_use_it_up()
    {
        var (user, link) = await UnconfirmedAsync(_host);
        using var filter = _host.CreateClient();
        for (var i = 0; i < 3; i++)
        {
            using var opened = await filter.GetAsync(link, Token);
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        }

        Assert.Null((await FindAsync(user)).ConfirmedAt);
        Assert.Contains("Your address is confirmed.", await ConfirmAsync(_host.CreateClient(), link));
    }

    [Fact]
    [Trait("ASVS", "6.3.6")]
    public async Task Confirming_signs_nobody_in()
    {
        var (user, link) = await UnconfirmedAsync(_host);
        using var browser = _host.CreateClient();

        await ConfirmAsync(browser, link);

        Assert.False(await browser.IsSignedInAsync());
        Assert.Empty(await _host.SessionsOfAsync(user, Token));
    }

    [Fact]
    public async Task Of_many_uses_at_once_exactly_one_confirms()
    {
        var (_, link) = await UnconfirmedAsync(_host);
        using var browser = _host.CreateClient();
        var form = await PortalHost.OpenFormAsync(browser, link.PathAndQuery, "confirm-email", Token);

        var alerts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var answer = await browser.PostAsync(link, form.ToContent(), Token);
            return (await answer.PageAsync()).Alert();
        }));

        Assert.Single(alerts, alert => alert.Contains("Your address is confirmed.", StringComparison.Ordinal));
        Assert.Equal(7, alerts.Count(alert => alert.Contains("This link was used already", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/confirm-email")]
    [InlineData("/confirm-email?user=1")]
    [InlineData("/confirm-email?user=-1&token=x")]
    [InlineData("/confirm-email?user=99999999999999999999&token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/confirm-email?user=1&token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_link_does_not_work(string link)
    {
        using var answer = await _host.CreateClient().GetAsync(link, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("This link does not work.", (await answer.PageAsync()).Alert());
    }

    [Fact]
    [Trait("ASVS", "6.6.2")]
    public async Task A_link_confirms_nobody_else()
    {
        var (_, link) = await UnconfirmedAsync(_host);
        var (other, _) = await UnconfirmedAsync(_host);
        var token = link.Query[link.Query.IndexOf("token=", StringComparison.Ordinal)..];

        using var answer = await _host.CreateClient().GetAsync($"/confirm-email?user={other.Id}&{token}", Token);

        Assert.Contains("This link does not work.", (await answer.PageAsync()).Alert());
        Assert.Null((await FindAsync(other)).ConfirmedAt);
    }

    [Fact]
    public async Task A_link_is_bound_to_the_address_it_was_sent_to()
    {
        var (user, link) = await UnconfirmedAsync(_host);
        await _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.Email, "other@example.org").SetProperty(found => found.NormalizedEmail, "OTHER@EXAMPLE.ORG"), Token));

        var alert = await ConfirmAsync(_host.CreateClient(), link);

        Assert.DoesNotContain("Your address is confirmed.", alert);
        Assert.Null((await _host.Get<IUserAdmin>().FindAsync(user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), Token))!.ConfirmedAt);
    }

    [Fact]
    public async Task A_link_expires_after_half_an_hour_and_its_page_offers_a_new_mail_that_works()
    {
        await using var host = await PortalHost.StartAsync();
        var (user, link) = await UnconfirmedAsync(host);
        using var browser = host.CreateClient();
        var form = await PortalHost.OpenFormAsync(browser, link.PathAndQuery, "confirm-email", Token);

        host.Clock.Advance(TimeSpan.FromMinutes(30));

        using var posted = await browser.PostAsync(link, form.ToContent(), Token);
        using var opened = await browser.GetAsync(link, Token);
        Assert.Contains("This link has expired.", (await posted.PageAsync()).Alert());
        var page = await opened.PageAsync();
        Assert.Contains("This link has expired.", page.Alert());
        // The button alone sends it, to whom the link was for: nobody types or is shown an address.
        Assert.Equal(1, await PromisedAsync(host));
        Assert.DoesNotContain(user.Email, page.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);

        var sent = host.Mails.All.Count;
        using var asked = await PortalHost.PostFormAsync(browser, link.PathAndQuery, "confirm-again", [], Token);
        Assert.Contains("A new mail is on its way", (await asked.PageAsync()).Alert());
        var mail = await NextMailAsync(host, user.Email, sent);
        host.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.Contains("Your address is confirmed.", await ConfirmAsync(browser, mail));
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task Asking_for_a_new_mail_is_answered_alike_for_everybody_and_mails_only_who_waits_for_it()
    {
        await using var host = await PortalHost.StartAsync();
        var waiting = await host.CreateUserAsync(isConfirmed: false);
        var confirmed = await host.CreateUserAsync();

        var answers = new List<string>();
        foreach (var email in new[] { confirmed.Email, "nobody@example.org", waiting.Email })
        {
            using var answer = await PortalHost.PostFormAsync(host.CreateClient(), "/resend-confirmation", "resend-confirmation", [new("Input.Email", email)], Token);
            answers.Add($"{answer.StatusCode} {await answer.ComparableAsync()}");
        }

        Assert.Single(answers.Distinct());
        // One after the other leaves the outbox, so the last one's mail says that no other was promised.
        await host.Mails.WaitForAsync(waiting.Email, "Confirm", Token);
        Assert.Single(host.Mails.All);
    }

    [Fact]
    public async Task A_newer_mail_makes_the_older_link_useless()
    {
        var (user, older) = await UnconfirmedAsync(_host);
        var newer = await AskAsync(_host, user);
        Assert.NotEqual(older, newer);

        using var answer = await _host.CreateClient().GetAsync(older, Token);

        Assert.Contains("a newer one replaced it", (await answer.PageAsync()).Alert());
        Assert.Contains("Your address is confirmed.", await ConfirmAsync(_host.CreateClient(), newer));
    }

    [Fact]
    [Trait("ASVS", "6.6.3")]
    public async Task New_mails_are_limited_and_say_when_to_come_back()
    {
        var user = await _host.CreateUserAsync(isConfirmed: false);
        using var browser = _host.CreateClient("198.51.100.9");
        HttpResponseMessage answer = null!;
        for (var i = 0; i < 4; i++)
        {
            answer = await PortalHost.PostFormAsync(browser, "/resend-confirmation", "resend-confirmation", [new("Input.Email", user.Email)], Token);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromHours(1), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_verified_domain_verifies_and_a_blocked_one_blocks_and_ends_what_is_open()
    {
        await _host.DecideAsync("trusted.example", "verified");
        var (trusted, trustedLink) = await UnconfirmedAsync(_host, "person@dept.trusted.example");
        var (shady, shadyLink) = await UnconfirmedAsync(_host, "person@shady.example");
        await _host.DecideAsync("shady.example", "blocked");
        using var open = await _host.BeginSessionAsync(shady);

        await ConfirmAsync(_host.CreateClient(), trustedLink);
        await ConfirmAsync(_host.CreateClient(), shadyLink);

        Assert.Equal((true, true), ((await FindAsync(trusted)).VerifiedAt is not null, (await FindAsync(trusted)).IsActive));
        var blocked = await FindAsync(shady);
        Assert.Equal((true, false), (blocked.BlockedAt is not null, blocked.IsActive));
        Assert.False(await open.IsSignedInAsync());
        Assert.Equal("blocked", (await _host.RowAsync(await _host.IdAsync(open))).EndReason);
    }

    private static Task<int> PromisedAsync(PortalHost host) =>
        host.QueryAsync(context => context.OutboxMails.CountAsync(mail => mail.Kind == "ConfirmEmail", Token));

    private static async Task<(TestUser User, Uri Link)> UnconfirmedAsync(PortalHost host, string? email = null)
    {
        var user = await host.CreateUserAsync(email, isConfirmed: false);
        return (user, await AskAsync(host, user));
    }

    private static async Task<Uri> AskAsync(PortalHost host, TestUser user)
    {
        var sent = host.Mails.All.Count(mail => mail.To.Mailboxes.Any(to => to.Address == user.Email));
        var from = new IPAddress([203, 0, 113, (byte)Interlocked.Increment(ref asked)]);
        Assert.Null(await host.Get<IRegistrationService>().ResendAsync(user.Email, from, Token));
        return await NextMailAsync(host, user.Email, sent);
    }

    /// <summary>The link of the mail after those that had been sent.</summary>
    private static async Task<Uri> NextMailAsync(PortalHost host, string email, int sent)
    {
        while (host.Mails.All.Count(mail => mail.To.Mailboxes.Any(to => to.Address == email)) <= sent)
        {
            await Task.Delay(20, Token);
        }

        return CaughtMails.LinkOf(await host.Mails.WaitForAsync(email, "Confirm", Token));
    }

    private static async Task<string> ConfirmAsync(HttpClient browser, Uri link)
    {
        using var answer = await PortalHost.PostFormAsync(browser, link.PathAndQuery, "confirm-email", [], Token);
        return (await answer.PageAsync()).Alert();
    }

    private async Task<UserInfo> FindAsync(TestUser user) => (await _host.Get<IUserAdmin>().FindAsync(user.Email, Token))!;
}
