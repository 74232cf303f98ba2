using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;
using Portal.Accounts.Sessions.Geo;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

/// <summary>
/// Remakes the pictures; not run with the other tests, only when asked for:
/// <c>PORTAL_SCREENSHOTS=screenshots dotnet run --project tests/Portal.BrowserTests -- -class "*PicturesTests" -explicit only</c>.
/// The environment variable names the folder for the pictures of every page; that of the README has its place.
/// </summary>
public sealed class PicturesTests(BrowserAndPortal shared) : PageVisits(shared)
{
    private const string FolderVariable = "PORTAL_SCREENSHOTS";
    private const string Person = "person@example.org";

    private static readonly (Device Device, string Address, TimeSpan Ago)[] Devices =
    [
        (Device.Phone, "198.51.100.24", TimeSpan.FromDays(5)),
        (Device.Edge, "203.0.113.80", TimeSpan.FromDays(3)),
        (Device.Safari, Countries.Portuguese, TimeSpan.FromHours(20)),
        (Device.Firefox, "198.51.100.7", TimeSpan.FromMinutes(42)),
        (Device.Chrome, "198.51.100.7", TimeSpan.FromMinutes(12)),
    ];

    /// <summary>Where pictures go; null when none are wanted.</summary>
    internal static string? Folder => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? Path.GetFullPath(folder, Root()) : null;

    [PictureTheory]
    [InlineData(".github/sessions.png")]
    public async Task The_picture_in_the_README(string file)
    {
        await StartPortalAsync(options =>
        {
            options.UseRealClock = false;
            options.ConfigureServices = services => services.Replace(ServiceDescriptor.Singleton<ICountryReader>(new Countries()));
        });
        var user = await Host.CreateUserAsync(Person, "person");
        var last = Devices[0].Ago;
        var profiles = new Dictionary<Device, IBrowserContext>();
        foreach (var (device, address, ago) in Devices)
        {
            // Days pass on the portal's clock between the sign-ins, and the browsers' clocks follow it.
            Host.Clock.Advance(last - ago);
            last = ago;
            profiles[device] = await NewProfileAsync(device, options => options.ViewportSize = new() { Width = 1280, Height = 1010 });
            await SignInAsync(profiles[device], user, device, remember: true, address);
        }

        await (await OpenAsync(Device.Firefox)).SignOut(Device.Edge.Words).ClickAsync();
        Host.Clock.Advance(last);
        await OpenAsync(Device.Firefox);
        var page = await OpenAsync(Device.Chrome);
        await Expect(page.Row(Device.Safari.Words)).ToContainTextAsync("hours ago");
        await page.ShowsOnlineAsync(Device.Firefox.Words, "2 tabs");

        await page.Tab.ScreenshotAsync(new() { Path = Path.Combine(Root(), file), Animations = ScreenshotAnimations.Disabled });

        async Task<SessionsPage> OpenAsync(Device device)
        {
            await profiles[device].Clock.SetFixedTimeAsync(Host.Clock.GetUtcNow().UtcDateTime);
            return await SessionsPage.OpenAsync(profiles[device]);
        }
    }

    [PictureTheory]
    [MemberData(nameof(Names))]
    public async Task Every_page_on_a_phone_and_a_desktop_light_and_dark(string name)
    {
        var tab = await VisitAsync(name);
        foreach (var width in (int[])[Accessibility.Phone, Accessibility.Desktop])
        {
            await tab.SetViewportSizeAsync(width, 800);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await tab.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                var file = string.Create(CultureInfo.InvariantCulture, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png");
                await tab.ScreenshotAsync(new() { Path = Path.Combine(Folder!, file), FullPage = true });
            }
        }
    }

    /// <summary>The repository's root.</summary>
    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Portal.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The pictures belong into the repository, and this is not built inside it.");
        }

        return folder;
    }

    private sealed class Countries : ICountryReader
    {
        public const string Portuguese = "192.0.2.151";

        public string? Read(System.Net.IPAddress? address) => address?.ToString() == Portuguese ? "PT" : "NL";
    }
}
