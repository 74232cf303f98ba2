using Microsoft.Playwright;
using Portal.Testing;
using SkiaSharp;
using ZXing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>The page <c>/account/security</c>.</summary>
internal sealed class SecurityPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator SetUp => Button("Set up an authenticator app");

    public ILocator Picture => tab.GetByRole(AriaRole.Img, new() { Name = "QR code" });

    public ILocator Key => tab.Locator(".key");

    public ILocator Code => tab.GetByLabel("Code", new() { Exact = true });

    public ILocator EndOthers => tab.GetByLabel("Sign out everywhere else", new() { Exact = true });

    public ILocator Codes => tab.GetByRole(AriaRole.List, new() { Name = "Recovery codes" }).GetByRole(AriaRole.Listitem);

    public ILocator Trusted => tab.GetByRole(AriaRole.List, new() { Name = "Trusted browsers" }).GetByRole(AriaRole.Listitem);

    public ILocator Dialog => tab.GetByRole(AriaRole.Dialog);

    /// <summary>Opens it and waits for its circuit.</summary>
    public static async Task<SecurityPage> OpenAsync(IBrowserContext profile)
    {
        var page = new SecurityPage(await profile.NewPageAsync());
        await page.Tab.GotoAsync(PortalUrls.SecurityPath);
        await Expect(page.Tab.Locator("section .button").First).ToBeEnabledAsync();
        return page;
    }

    public ILocator Button(string name) => tab.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Copies the key as a person does who cannot scan it, into an app.</summary>
    public async Task<TestAuthenticator> CopyKeyAsync() => TestAuthenticator.OfKey(await Key.InnerTextAsync());

    /// <summary>Reads the picture as a camera sees it.</summary>
    public async Task<string> ScanAsync()
    {
        using var seen = SKBitmap.Decode(await Picture.ScreenshotAsync());
        var read = new BarcodeReaderGeneric().Decode(seen.Bytes, seen.Width, seen.Height, RGBLuminanceSource.BitmapFormat.BGRA32);
        return read?.Text ?? throw new InvalidOperationException("No camera can read this picture.");
    }

    /// <summary>Sets up an app and returns it with the recovery codes.</summary>
    public async Task<(TestAuthenticator App, IReadOnlyList<string> Codes)> EnrolAsync(Func<DateTimeOffset> now)
    {
        await BeginAsync();
        return await TurnOnAsync(now);
    }

    /// <summary>Has the key shown.</summary>
    public async Task BeginAsync()
    {
        await SetUp.ClickAsync();
        await Expect(Picture).ToBeVisibleAsync();
    }

    /// <summary>Goes on from there.</summary>
    public async Task<(TestAuthenticator App, IReadOnlyList<string> Codes)> TurnOnAsync(Func<DateTimeOffset> now)
    {
        var app = await CopyKeyAsync();
        await Code.FillAsync(app.CodeAt(now()));
        await Button("Turn on").ClickAsync();
        await Expect(Codes).ToHaveCountAsync(10);
        return (app, await Codes.AllInnerTextsAsync());
    }
}
