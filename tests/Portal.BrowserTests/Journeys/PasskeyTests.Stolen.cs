using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>Answers that somebody else sends on.</summary>
public sealed partial class PasskeyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("ASVS", "6.5.6")]
    public async Task An_answer_that_was_given_at_another_address_is_refused(bool isAnother)
    {
        var (page, device, _) = await OwnerAsync(OffersNothing);
        await SignOutAsync(page.Tab, device);
        await device.SayYesAsync(true);
        // On the same host the browser hands it out: who asks is in what is signed.
        var lure = isAnother ? "http://localhost/lure" : At(PortalUrls.SignedOut("you")).ToString();
        var script = await (await page.Tab.APIRequest.GetAsync(At("/passkeys.js").ToString())).TextAsync();
        await page.Tab.RouteAsync("http://localhost/*", route => route.FulfillAsync(route.Request.Url.EndsWith(".js", StringComparison.Ordinal)
            ? new() { ContentType = "text/javascript", Body = script }
            : new() { ContentType = "text/html", Body = "<title>Win a prize</title>" }));
        await page.Tab.GotoAsync(lure);
        var thief = await OpenWithoutDeviceAsync();

        var asked = await thief.EvaluateAsync<JsonElement>(
            """async url => (await fetch(url, { method: "POST", headers: { Accept: "application/json", "Content-Type": "application/json" }, body: "{}" })).json()""",
            PortalUrls.PasskeySignInPath);
        var answer = await page.Tab.EvaluateAsync<string>(
            """async options => (await (await import("/passkeys.js")).get(options)).answer""", asked.GetProperty("options").GetRawText());
        await SendAsync(thief, asked.GetProperty("ticket").GetString()!, answer);

        if (isAnother)
        {
            await Expect(thief.Alert()).ToContainTextAsync("This passkey could not be confirmed.");
            Assert.False(await thief.EvaluateAsync<bool>(PortalHost.IsSignedInScript));
        }
        else
        {
            await Expect(thief).ToHaveURLAsync(Account());
        }
    }

    [Fact]
    [Trait("ASVS", "6.5.1")]
    public async Task An_answer_that_was_used_is_refused_in_a_copy_of_the_browser()
    {
        var (page, device, _) = await OwnerAsync(OffersNothing);
        await SignOutAsync(page.Tab, device);
        await device.SayYesAsync(true);
        IReadOnlyList<BrowserContextCookiesResult> cookies = [];
        var sent = "";
        await page.Tab.RouteAsync($"**{PortalUrls.SignInPath}", async route =>
        {
            (cookies, sent) = (await page.Tab.Context.CookiesAsync(), route.Request.PostData ?? "");
            await route.ContinueAsync();
        });
        await Button(page.Tab).ClickAsync();
        await Expect(page.Tab).ToHaveURLAsync(Account());

        var thief = await OpenWithoutDeviceAsync(cookies);
        var fields = QueryHelpers.ParseQuery(sent);
        await SendAsync(thief, fields["Passkey.Ticket"].ToString(), fields["Passkey.Answer"].ToString());

        await Expect(thief.Alert()).ToContainTextAsync("This answer of the passkey was used already.");
        Assert.False(await thief.EvaluateAsync<bool>(PortalHost.IsSignedInScript));
    }

    /// <summary>The sign-in page of somebody who has no passkey and perhaps somebody's cookies.</summary>
    private async Task<IPage> OpenWithoutDeviceAsync(IReadOnlyList<BrowserContextCookiesResult>? cookies = null)
    {
        var profile = await NewProfileAsync();
        await profile.AddInitScriptAsync(OffersNothing);
        await profile.AddCookiesAsync((cookies ?? []).Select(cookie =>
            new Cookie { Name = cookie.Name, Value = cookie.Value, Url = Host.BaseAddress.ToString(), HttpOnly = cookie.HttpOnly, SameSite = cookie.SameSite }));
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync(PortalUrls.SignInPath);
        await Expect(Button(tab)).ToBeVisibleAsync();
        return tab;
    }

    private static Task SendAsync(IPage tab, string ticket, string answer) => tab.EvaluateAsync(
        """
        ([ticket, answer]) => {
          const form = document.querySelector("form[data-passkey-sign-in]");
          form.elements["Passkey.Ticket"].value = ticket;
          form.elements["Passkey.Answer"].value = answer;
          form.requestSubmit();
        }
        """,
        new[] { ticket, answer });
}
