using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class ThemeTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string Paper = "rgb(244, 241, 234)";
    private const string Night = "rgb(16, 23, 24)";

    [Theory]
    [InlineData(ColorScheme.Light, Paper)]
    [InlineData(ColorScheme.Dark, Night)]
    public async Task Light_and_dark_follow_the_system(ColorScheme system, string canvas)
    {
        var tab = await OpenSignInAsync(system);
        await Expect(tab.Locator("body")).ToHaveCSSAsync("background-color", canvas);
        await Expect(tab.Locator("html")).ToHaveAttributeAsync("lang", "en");

        await tab.EmulateMediaAsync(new() { ColorScheme = system == ColorScheme.Light ? ColorScheme.Dark : ColorScheme.Light });
        await Expect(tab.Locator("body")).ToHaveCSSAsync("background-color", canvas == Paper ? Night : Paper);
    }

    [Fact]
    public async Task The_switch_is_remembered_and_the_next_page_is_right_from_its_first_byte()
    {
        var tab = await OpenSignInAsync(ColorScheme.Light);
        var dark = tab.GetByRole(AriaRole.Button, new() { Name = "Dark" });
        var address = tab.Url;

        await dark.ClickAsync();
        await Expect(dark).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(tab.Locator("body")).ToHaveCSSAsync("background-color", Night);
        Assert.Equal(address, tab.Url);

        var answer = (await tab.GotoAsync(PortalUrls.RegisterPath))!;
        Assert.Contains("<html lang=\"en\" data-theme=\"dark\">", await answer.TextAsync(), StringComparison.Ordinal);
        await Expect(tab.Locator("body")).ToHaveCSSAsync("background-color", Night);

        await tab.GetByRole(AriaRole.Button, new() { Name = "System" }).ClickAsync();
        await Expect(tab.Locator("body")).ToHaveCSSAsync("background-color", Paper);
    }

    [Fact]
    public async Task The_switch_of_a_live_page_spares_it_a_reload()
    {
        var user = await Host.CreateUserAsync();
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await chrome.Current.GetByText("Details").ClickAsync();

        await chrome.Tab.GetByRole(AriaRole.Button, new() { Name = "Dark" }).First.ClickAsync();

        await Expect(chrome.Tab.Locator("body")).ToHaveCSSAsync("background-color", Night);
        await Expect(chrome.Current).ToContainTextAsync("by password");
        await Expect(chrome.Current.GetByRole(AriaRole.Group)).ToHaveAttributeAsync("open", "");
    }

    private async Task<IPage> OpenSignInAsync(ColorScheme system)
    {
        var profile = await NewProfileAsync(configure: options => options.ColorScheme = system);
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync(PortalUrls.SignInPath);
        return tab;
    }
}
