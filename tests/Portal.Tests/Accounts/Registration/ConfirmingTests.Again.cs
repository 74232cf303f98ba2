using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Registration;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Registration;

/// <summary>Another mail without an address typed.</summary>
public sealed partial class ConfirmingTests
{
    [Fact]
    [Trait("ASVS", "6.6.2")]
    public async Task An_expired_link_sends_to_no_address_but_the_one_it_was_for_and_only_where_that_waits()
    {
        await using var host = await PortalHost.StartAsync();
        var (moved, movedLink) = await UnconfirmedAsync(host);
        var (confirmed, confirmedLink) = await UnconfirmedAsync(host);
        var (_, usable) = await UnconfirmedAsync(host);
        await host.QueryAsync(context => context.Users.Where(row => row.Id == moved.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.Email, "other@example.org").SetProperty(found => found.NormalizedEmail, "OTHER@EXAMPLE.ORG"), Token));
        await host.QueryAsync(context => context.Users.Where(row => row.Id == confirmed.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.ConfirmedAt, host.Clock.GetUtcNow()).SetProperty(found => found.EmailConfirmed, true), Token));
        var promised = await PromisedAsync(host);

        var door = host.Get<IRegistrationService>();
        Assert.IsType<ResendOutcome.NotExpired>(await AgainAsync(usable));
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.IsType<ResendOutcome.Sent>(await AgainAsync(movedLink));
        Assert.IsType<ResendOutcome.Sent>(await AgainAsync(confirmedLink));
        Assert.IsType<ResendOutcome.NotExpired>(await door.ResendAsync(confirmed.Id, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", null, Token));
        Assert.Equal(promised, await PromisedAsync(host));
        Assert.IsType<ResendOutcome.Sent>(await AgainAsync(usable));
        Assert.Equal(promised + 1, await PromisedAsync(host));

        Task<ResendOutcome> AgainAsync(Uri link)
        {
            var query = QueryHelpers.ParseQuery(link.Query);
            return door.ResendAsync(long.Parse(query["user"]!, CultureInfo.InvariantCulture), query["token"], null, Token);
        }
    }

    [Fact]
    [Trait("ASVS", "6.6.3")]
    public async Task New_mails_by_an_expired_link_are_counted_with_those_by_its_address()
    {
        await using var host = await PortalHost.StartAsync();
        var (user, link) = await UnconfirmedAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        using var browser = host.CreateClient();
        // The link's own mail was the first of three.
        for (var i = 0; i < 2; i++)
        {
            using var sent = await PortalHost.PostFormAsync(browser, link.PathAndQuery, "confirm-again", [], Token);
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
            await host.QueryAsync(context => context.OneTimeTokens.Where(row => row.UserId == user.Id).ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, (DateTimeOffset?)null), Token));
        }

        using var refused = await PortalHost.PostFormAsync(browser, link.PathAndQuery, "confirm-again", [], Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("Too many mails were asked for.", (await refused.PageAsync()).Alert());
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Whoever_is_signed_in_has_the_mail_sent_to_their_own_address_by_one_press()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:RequireConfirmedEmail"] = "false");
        var user = await host.CreateUserAsync(isConfirmed: false);
        using var browser = await host.BeginSessionAsync(user);

        using var opened = await browser.GetAsync("/resend-confirmation", Token);
        var page = await opened.PageAsync();
        Assert.Null(page.QuerySelector("main input[type=email]"));
        Assert.Equal(0, await PromisedAsync(host));
        using var sent = await PortalHost.PostFormAsync(browser, "/resend-confirmation", "resend-to-own", [], Token);

        Assert.Contains($"A new mail is on its way to {user.Email}.", (await sent.PageAsync()).Alert());
        Assert.Contains("Your address is confirmed.", await ConfirmAsync(browser, await NextMailAsync(host, user.Email, 0)));
        using var after = await browser.GetAsync("/resend-confirmation", Token);
        Assert.Contains("needs no other mail", (await after.PageAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "8.3.3")]
    public async Task An_administrator_who_acts_as_somebody_has_no_mail_sent_to_them()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:RequireConfirmedEmail"] = "false");
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync(isConfirmed: false));
        var (person, acting) = (await host.PersonAsync(browser), await host.PersonAsync(browser));
        acting.Identities.First().AddClaim(new(SessionClaims.ActorType, "7"));

        await host.Get<IRegistrationService>().ResendAsync(acting, Token);
        Assert.Equal(0, await PromisedAsync(host));
        await host.Get<IRegistrationService>().ResendAsync(person, Token);
        Assert.Equal(1, await PromisedAsync(host));
    }
}
