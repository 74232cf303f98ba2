using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class LeavingQuietlyTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task The_way_back_from_acting_as_somebody_is_no_error_in_the_log()
    {
        var log = new Errors();
        await StartPortalAsync(options =>
        {
            var usual = options.ConfigureServices;
            options.ConfigureServices = services =>
            {
                usual?.Invoke(services);
                services.AddSingleton<ILoggerProvider>(log);
            };
        });
        var (user, admin) = (await Host.CreateUserAsync(), await Host.CreateUserAsync(roles: "admin"));
        var profile = await SignedInProfileAsync(admin);
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync(PortalUrls.Impersonate(user.Email));
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Act as" })).ToBeEnabledAsync();
        await tab.GetByLabel("Reason").FillAsync("They asked why their picture is missing.");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Act as" }).ClickAsync();
        await Expect(tab).ToHaveURLAsync(new Regex("/account$"));
        await tab.GotoAsync(PortalUrls.SessionsPath);
        await new SessionsPage(tab).IsLiveAsync();

        await tab.GetByRole(AriaRole.Button, new() { Name = "Back to your own account" }).ClickAsync();

        // Longer than the page that was left would have waited before it sent its browser on.
        await Expect(tab).ToHaveURLAsync(new Regex("/admin/"));
        await SessionsPage.OpenAsync(profile);
        await SessionsPage.OpenAsync(profile);
        Assert.Empty(log.Lines);
    }

    private sealed class Errors : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _lines.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
