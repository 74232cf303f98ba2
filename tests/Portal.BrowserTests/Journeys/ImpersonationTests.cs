using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class ImpersonationTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    [Trait("ASVS", "8.3.3")]
    public async Task An_administrator_acts_as_somebody_who_sees_it_at_once_and_comes_back_with_one_click()
    {
        var (user, admin) = (await Host.CreateUserAsync(), await Host.CreateUserAsync(roles: "admin"));
        var person = await OpenSessionsAsync(user, Device.Firefox);
        var tab = await (await SignedInProfileAsync(admin)).NewPageAsync();
        await AgeAsync(admin);

        await tab.GotoAsync(PortalUrls.Impersonate(user.Email));
        var begin = tab.GetByRole(AriaRole.Button, new() { Name = $"Act as {user.Email}" });
        await Expect(begin).ToBeEnabledAsync();
        await tab.GetByLabel("Reason").FillAsync("They asked why their picture is missing.");
        await begin.ClickAsync();
        await tab.GetByRole(AriaRole.Dialog).GetByLabel("Password").FillAsync(admin.Password);
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

        await Expect(tab).ToHaveURLAsync(new Regex("/account$"));
        var banner = tab.GetByRole(AriaRole.Region, new() { Name = "Acting as another person" });
        await Expect(banner).ToContainTextAsync($"{admin.UserName} acts as {user.UserName}");
        await Expect(tab.GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToHaveCountAsync(0);
        await person.ShowsOnlineAsync("An administrator, as you");

        // On static pages too.
        Tolerate("status of 403");
        await tab.GotoAsync(PortalUrls.AccessDeniedPath);
        await Expect(banner).ToBeVisibleAsync();
        await tab.GotoAsync(PortalUrls.PasswordPath);
        await Expect(tab.GetByText("Only they can do this")).ToBeVisibleAsync();
        // A circuit that is on its way for a session that is left by then is refused, and the browser complains of that.
        await person.ShowsOnlineAsync("An administrator, as you");

        await banner.GetByRole(AriaRole.Button, new() { Name = "Back to your own account" }).ClickAsync();

        await Expect(tab).ToHaveURLAsync(new Regex($"/admin/users/{user.Id}$"));
        await Expect(banner).ToHaveCountAsync(0);
        await person.DoesNotShowAsync("An administrator, as you");
        await Expect(person.Ended).ToContainTextAsync("The administrator left");
    }

    [Fact]
    public async Task The_person_ends_it_from_their_own_list()
    {
        var (user, admin) = (await Host.CreateUserAsync(), await Host.CreateUserAsync(roles: "admin"));
        var person = await OpenSessionsAsync(user, Device.Firefox);
        var tab = await (await SignedInProfileAsync(admin)).NewPageAsync();
        await tab.GotoAsync(PortalUrls.Impersonate(user.Email));
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Act as" })).ToBeEnabledAsync();
        await tab.GetByLabel("Reason").FillAsync("They asked why their picture is missing.");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Act as" }).ClickAsync();
        await person.ShowsOnlineAsync("An administrator, as you");

        await person.SignOut("An administrator, as you").ClickAsync();

        await SignedOutPage.IsShownAsync(tab, "revoked", "This session was ended from another of your devices.");
    }
}
