using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Sessions;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class FaultTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task An_end_that_the_database_refuses_is_said_and_the_page_lives_on()
    {
        // What the framework says in the console then tells of nothing.
        Tolerate("DetailedErrors");
        var user = await Host.CreateUserAsync();
        var other = await SignInAsync(await NewProfileAsync(Device.Firefox), user, Device.Firefox);
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await Host.RefuseToEndAsync(other);

        await chrome.SignOut(Device.Firefox.Words).ClickAsync();

        await Expect(chrome.Row(Device.Firefox.Words).GetByRole(AriaRole.Alert)).ToHaveTextAsync("That did not work. Try again.");
        Assert.DoesNotContain("The database refuses.", await chrome.Tab.ContentAsync(), StringComparison.Ordinal);

        await Host.AllowToEndAsync(other);
        await chrome.SignOut(Device.Firefox.Words).ClickAsync();
        await chrome.DoesNotShowAsync(Device.Firefox.Words);
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_page_whose_circuit_a_fault_ended_shows_nothing_private_and_waits_to_be_loaded_again()
    {
        // The framework's own words to the console.
        Tolerate("There was an unhandled exception on the current circuit");
        TolerateLostLines();
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        await SignInAsync(await NewProfileAsync(Device.Firefox), user, Device.Firefox);
        var chrome = await SessionsPage.OpenAsync(profile);
        var stopped = chrome.Tab.GetByRole(AriaRole.Alert).Filter(new() { HasText = "This page has stopped working." });
        await Expect(stopped).ToBeHiddenAsync();
        var circuit = Assert.Single(Host.Services.GetRequiredService<LiveCircuits>().OfUser(user.Id));
        circuit.Shows(circuit.Page, _ => throw new InvalidOperationException("A circuit that is to die."));

        await chrome.SignOut(Device.Firefox.Words).ClickAsync();

        await Expect(stopped).ToBeVisibleAsync();
        await Expect(chrome.Tab.GetByRole(AriaRole.Main)).ToBeHiddenAsync();
        await Expect(chrome.Tab.GetByRole(AriaRole.Banner)).ToBeHiddenAsync();
        Assert.DoesNotContain(user.UserName!, await chrome.Tab.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("A circuit that is to die.", await chrome.Tab.ContentAsync(), StringComparison.Ordinal);

        await chrome.Tab.GetByRole(AriaRole.Button, new() { Name = "Load the page again" }).ClickAsync();
        await chrome.IsLiveAsync();
        await Expect(stopped).ToBeHiddenAsync();
    }
}
