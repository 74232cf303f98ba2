using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class FocusTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task Focus_moves_to_the_next_row_when_its_own_goes_and_nowhere_when_another_does()
    {
        var user = await Host.CreateUserAsync();
        var ids = new Dictionary<Device, string>();
        foreach (var device in (Device[])[Device.Safari, Device.Edge, Device.Phone, Device.Firefox])
        {
            ids[device] = await SignInAsync(await NewProfileAsync(device), user, device);
        }

        // Newest first below the current one: Firefox, phone, Edge, Safari.
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await Expect(chrome.Rows).ToHaveCountAsync(5);
        await chrome.SignOut(Device.Phone.Words).FocusAsync();

        await Host.EndSessionAsync(ids[Device.Firefox], Cancel);
        await chrome.DoesNotShowAsync(Device.Firefox.Words);
        await Expect(chrome.SignOut(Device.Phone.Words)).ToBeFocusedAsync();
        await Expect(chrome.Announcement).ToHaveTextAsync("Firefox on Linux is signed out.");

        await Host.EndSessionAsync(ids[Device.Phone], Cancel);
        await chrome.DoesNotShowAsync(Device.Phone.Words);
        await HasFocusAsync(chrome.Row(Device.Edge.Words));
        await Expect(chrome.Announcement).ToHaveTextAsync("Safari on iOS is signed out.");

        // By one's own hand, with the keyboard.
        await chrome.SignOut(Device.Edge.Words).PressAsync("Enter");
        await chrome.DoesNotShowAsync(Device.Edge.Words);
        await HasFocusAsync(chrome.Row(Device.Safari.Words));
        await Expect(chrome.Announcement).ToHaveTextAsync("Edge on Windows is signed out.");

        await chrome.SignOut(Device.Safari.Words).PressAsync("Enter");
        await Expect(chrome.Rows).ToHaveCountAsync(1);
        await HasFocusAsync(chrome.Current);
    }

    [Fact]
    public async Task A_new_device_is_announced_and_moves_nothing()
    {
        var user = await Host.CreateUserAsync();
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        var details = chrome.Current.GetByText("Details");
        await details.FocusAsync();

        await SignInAsync(await NewProfileAsync(Device.Firefox), user, Device.Firefox);

        await Expect(chrome.Announcement).ToHaveTextAsync("Firefox on Linux signed in.");
        await Expect(chrome.Rows.First).ToContainTextAsync("This device");
        await Expect(details).ToBeFocusedAsync();
    }

    private static async Task HasFocusAsync(ILocator row) => await Expect(row.Locator(":focus")).ToHaveCountAsync(1);
}
