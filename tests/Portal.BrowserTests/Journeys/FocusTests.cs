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

    [Fact]
    public async Task A_dialog_has_the_focus_when_it_is_drawn_keeps_it_and_gives_it_back()
    {
        var user = await Host.CreateUserAsync();
        await SignInAsync(await NewProfileAsync(Device.Firefox), user, Device.Firefox);
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await chrome.EverywhereElse.FocusAsync();
        // Asked as soon as the page's own script has seen the button: what the server is asked first comes later.
        await chrome.Tab.EvaluateAsync(
            """
            () => new MutationObserver(() => {
              if (document.querySelector("[role=dialog] button")) globalThis.hadFocus ??= document.activeElement.innerText;
            }).observe(document.body, { childList: true, subtree: true })
            """);

        await chrome.Tab.Keyboard.PressAsync("Enter");
        var dialog = chrome.Tab.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeVisibleAsync();
        Assert.Equal("Cancel", await chrome.Tab.EvaluateAsync<string>("() => globalThis.hadFocus"));

        Assert.Equal("Sign out everywhere else", await FocusAfterAsync("Shift+Tab"));
        Assert.Equal("Cancel", await FocusAfterAsync("Tab"));
        Assert.Equal("Sign out everywhere else", await FocusAfterAsync("Tab"));
        // One of the browser's own in front of it has its own keys, and Escape closes that alone.
        await chrome.Tab.EvaluateAsync(
            """
            () => {
              document.body.insertAdjacentHTML("beforeend", "<dialog id=front><button>Stay</button><button>Leave</button></dialog>");
              document.getElementById("front").showModal();
            }
            """);
        Assert.Equal("Leave", await FocusAfterAsync("Tab"));
        await chrome.Tab.Keyboard.PressAsync("Escape");
        await Expect(chrome.Tab.Locator("#front")).ToBeHiddenAsync();
        await Expect(dialog).ToBeVisibleAsync();
        Assert.Equal("Sign out everywhere else", await chrome.Tab.EvaluateAsync<string>("() => document.activeElement.innerText"));
        // From a place that is none of its stops the next one follows.
        await dialog.GetByRole(AriaRole.Heading).EvaluateAsync("heading => { heading.tabIndex = -1; heading.focus(); }");
        Assert.Equal("Cancel", await FocusAfterAsync("Tab"));
        await dialog.GetByRole(AriaRole.Heading).FocusAsync();
        Assert.Equal("Sign out everywhere else", await FocusAfterAsync("Shift+Tab"));

        await chrome.Tab.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.True(await chrome.EverywhereElse.EvaluateAsync<bool>("button => button === document.activeElement"));

        async Task<string> FocusAfterAsync(string key)
        {
            await chrome.Tab.Keyboard.PressAsync(key);
            return await chrome.Tab.EvaluateAsync<string>("() => document.activeElement.innerText");
        }
    }

    private static async Task HasFocusAsync(ILocator row) => await Expect(row.Locator(":focus")).ToHaveCountAsync(1);
}
