using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Playwright;
using Portal.Accounts.Sessions;
using Portal.BrowserTests;
using Portal.Testing;

[assembly: AssemblyFixture(typeof(BrowserAndPortal))]

namespace Portal.BrowserTests;

/// <summary>One browser and one portal for all tests: each test brings its own people and its own browser profiles.</summary>
public sealed class BrowserAndPortal : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;
    private readonly Lazy<Task<(PortalHost Host, LoopbackProvider Provider)>> withProviders = new(StartWithProvidersAsync);
    private PortalHost? host;

    public IBrowser Browser => browser ?? throw new InvalidOperationException("There is no browser: the test should have been skipped.");

    public PortalHost Host => host ?? throw new InvalidOperationException("There is no browser: the test should have been skipped.");

    public bool IsThere => browser is not null;

    /// <summary>A second portal, for all tests that only look: people may also come to it by one of two providers, which are one server.</summary>
    public Task<(PortalHost Host, LoopbackProvider Provider)> WithProvidersAsync() => withProviders.Value;

    /// <summary>A portal for browsers, at the real time; needed where a test wants other settings than the shared one's.</summary>
    public static Task<PortalHost> StartPortalAsync(Action<PortalHostOptions>? configure = null) => PortalHost.StartAsync(options =>
    {
        options.UseKestrel = true;
        options.UseRealClock = true;
        // All browsers come from one address.
        options.Settings["RateLimits:Registration"] = "1000 per hour";
        options.ConfigureServices = services =>
        {
            services.AddSingleton<Lines>();
            services.AddSingleton<IStartupFilter>(provider => provider.GetRequiredService<Lines>());
            services.AddSingleton<WatchedSessions>();
            services.Replace(ServiceDescriptor.Singleton<ISessionService>(provider => provider.GetRequiredService<WatchedSessions>()));
        };
        configure?.Invoke(options);
    });

    public async ValueTask InitializeAsync()
    {
        if (RealBrowser.Find() is { } path)
        {
            Assertions.SetDefaultExpectTimeout(15_000);
            playwright = await Playwright.CreateAsync();
            browser = await RealBrowser.LaunchAsync(playwright, path);
            host = await StartPortalAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        if (withProviders.IsValueCreated)
        {
            var (portal, provider) = await withProviders.Value;
            await portal.DisposeAsync();
            await provider.DisposeAsync();
        }
    }

    private static async Task<(PortalHost, LoopbackProvider)> StartWithProvidersAsync()
    {
        var provider = await LoopbackProvider.StartAsync();
        var portal = await StartPortalAsync(options =>
        {
            provider.AddTo(options.Settings);
            provider.AddTo(options.Settings, "campus", "Campus sign-in of the University of Utrecht", 1);
        });
        await provider.AddClientAsync(portal.BaseAddress, "example", "campus");
        return (portal, provider);
    }
}
