using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Data;
using Portal.BrowserTests.Pages;
using Portal.Testing;

namespace Portal.BrowserTests;

/// <summary>
/// A test in a real browser; skipped where there is none. Every page it opened must have worked without a complaint of
/// the browser, or the test fails at its end.
/// </summary>
public abstract class BrowserTest(BrowserAndPortal shared) : IAsyncLifetime
{
    private readonly List<IBrowserContext> contexts = [];
    private readonly Troubles troubles = new();
    private PortalHost? own;
    private PortalHost? withProviders;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The portal under test: the shared one, unless the test starts one of its own or goes to the one with providers.</summary>
    protected PortalHost Host => own ?? withProviders ?? shared.Host;

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(shared.IsThere, $"There is no Chrome, Chromium or Edge here; {RealBrowser.Variable} may name one.");
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result is TestResult.Failed)
        {
            await KeepPicturesAsync();
        }

        foreach (var context in contexts)
        {
            await context.CloseAsync();
        }

        if (own is not null)
        {
            await own.DisposeAsync();
        }

        Assert.True(troubles.Found.Count == 0, $"The browser complained:\n{string.Join('\n', troubles.Found)}");
    }

    /// <summary>Starts a portal for this test alone, with other settings than the shared one's.</summary>
    protected async Task StartPortalAsync(Action<PortalHostOptions>? configure = null) => own = await BrowserAndPortal.StartPortalAsync(configure);

    /// <summary>Goes on at the shared portal that has providers.</summary>
    protected async Task<LoopbackProvider> GoWhereProvidersAreAsync()
    {
        (withProviders, var provider) = await shared.WithProvidersAsync();
        return provider;
    }

    /// <summary>What the browser may complain about in this test.</summary>
    protected void Tolerate(string words) => troubles.Tolerate(words);

    /// <summary>A line that is cut makes the browser and the framework complain; the person is told by the page.</summary>
    protected void TolerateLostLines()
    {
        foreach (var words in (string[])["WebSocket", "Failed to load resource", "Failed to complete negotiation", "Failed to start the", "Failed to fetch", "Connection disconnected"])
        {
            Tolerate(words);
        }
    }

    protected Uri At(string path) => new(Host.BaseAddress, path);

    /// <summary>A browser profile of its own.</summary>
    protected async Task<IBrowserContext> NewProfileAsync(Device? device = null, Action<BrowserNewContextOptions>? configure = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = Host.BaseAddress.ToString(),
            UserAgent = (device ?? Device.Chrome).UserAgent,
            ViewportSize = new() { Width = 1280, Height = 900 },
            Locale = "en-GB",
            TimezoneId = "Europe/Zurich",
            // Whatever it is to be, the shell calls itself a headless Chrome in this one.
            ExtraHTTPHeaders = [new("Sec-CH-UA", "")],
        };
        configure?.Invoke(options);
        var context = await shared.Browser.NewContextAsync(options);
        contexts.Add(context);
        troubles.Watch(context);
        return context;
    }

    /// <summary>A profile in which somebody is signed in, without the detour through the form.</summary>
    protected async Task<IBrowserContext> SignedInProfileAsync(TestUser user, Device? device = null, Action<BrowserNewContextOptions>? configure = null)
    {
        var profile = await NewProfileAsync(device, configure);
        await SignInAsync(profile, user, device);
        return profile;
    }

    /// <summary>Begins a session and gives its cookie to the profile.</summary>
    /// <returns>The session's public id.</returns>
    protected async Task<string> SignInAsync(IBrowserContext profile, TestUser user, Device? device = null, bool remember = false, string address = "127.0.0.1")
    {
        using var client = await Host.BeginSessionAsync(user, remember, (device ?? Device.Chrome).UserAgent, address);
        await GiveCookiesAsync(profile, client);
        return (await Host.SessionIdOfAsync(client, Cancel))!;
    }

    /// <summary>Gives a client's cookies to the profile, which then is the same browser.</summary>
    protected Task GiveCookiesAsync(IBrowserContext profile, HttpClient client) =>
        profile.AddCookiesAsync(Host.CookiesOf(client).GetCookies(Host.BaseAddress).Select(cookie =>
            new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = Host.BaseAddress.ToString(), HttpOnly = true, SameSite = SameSiteAttribute.Lax }));

    /// <summary>The sessions page in a profile of its own, its circuit open.</summary>
    private protected async Task<SessionsPage> OpenSessionsAsync(TestUser user, Device device) =>
        await SessionsPage.OpenAsync(await SignedInProfileAsync(user, device));

    /// <summary>
    /// The same in a session that began at the form, because only that is a sign-in people are mailed of; by a client, whose name
    /// nothing contradicts.
    /// </summary>
    private protected async Task<SessionsPage> SignInByFormAsync(TestUser user, Device device)
    {
        using var client = Host.CreateClient(userAgent: device.UserAgent);
        await PortalHost.SignInAsync(client, user, cancellationToken: Cancel);
        var profile = await NewProfileAsync(device);
        await GiveCookiesAsync(profile, client);
        return await SessionsPage.OpenAsync(profile);
    }

    /// <summary>Makes it long ago that the person's sessions proved who is at them, so that what is sensitive asks again.</summary>
    protected async Task AgeAsync(TestUser user)
    {
        await using var context = await Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel);
        await context.Sessions.Where(session => session.UserId == user.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.AuthenticatedAt, DateTimeOffset.UnixEpoch), Cancel);
    }

    /// <summary>Ties the profile's circuits to a line that the test may cut.</summary>
    private protected async Task<Line> LineOfAsync(IBrowserContext profile)
    {
        var name = Guid.CreateVersion7().ToString("N");
        await profile.AddCookiesAsync([new() { Name = Lines.CookieName, Value = name, Url = Host.BaseAddress.ToString() }]);
        return Host.Services.GetRequiredService<Lines>().Of(name);
    }

    private async Task KeepPicturesAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "failures"));
        var name = string.Join('_', (TestContext.Current.Test?.TestDisplayName ?? "test").Split(Path.GetInvalidFileNameChars()));
        foreach (var (page, number) in contexts.SelectMany(context => context.Pages).Select((page, number) => (page, number)))
        {
            try
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder.FullName, $"{name[..Math.Min(name.Length, 120)]}.{number}.png"), Timeout = 5_000 });
            }
            catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
            {
                // A page that is gone has no picture, and the failure itself is told anyway.
            }
        }
    }
}
