using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Administration;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed partial class ExternalIdentityTests
{
    [Fact]
    public async Task Who_has_no_password_confirms_with_the_provider_in_another_window_and_the_page_goes_on_by_itself()
    {
        var (page, window, _) = await AskedElsewhereAsync();

        await window.Locator("#go").ClickAsync();

        await Expect(window.GetByRole(AriaRole.Heading, new() { Name = "Confirmed" })).ToBeVisibleAsync();
        // The page behind took her on to the other provider.
        await page.Tab.Locator("#go").ClickAsync();
        await Expect(page.Tab.GetByText("Other ID is linked.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_page_goes_on_when_the_browser_has_the_new_key_and_not_before()
    {
        var held = new HeldAnswers(PortalUrls.ExternalDonePath);
        var (page, window, _) = await AskedElsewhereAsync(services => services.AddSingleton<IStartupFilter>(held));
        var answer = held.Hold();
        var leaving = window.Locator("#go").ClickAsync();
        await answer;

        // Confirmed, and the browser does not know: the page hears of all that happens to her, and waits.
        var eve = (await Host.Services.GetRequiredService<IUserAdmin>().FindAsync("eve@example.org", Cancel))!;
        using var another = await Host.BeginSessionAsync(new TestUser(eve.Id, eve.Email, eve.UserName, Password: ""));
        await Expect(page.EndOthers).ToBeVisibleAsync();
        await Expect(page.Button("Confirm with Example ID")).ToBeVisibleAsync();
        held.Release();
        await leaving;

        await page.Tab.Locator("#go").ClickAsync();
        await Expect(page.Tab.GetByText("Other ID is linked.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_whose_line_was_lost_meanwhile_goes_on_when_it_is_back()
    {
        TolerateLostLines();
        var (page, window, line) = await AskedElsewhereAsync();
        await line.CutAsync();
        await Expect(page.Tab.Locator("#components-reconnect-modal")).ToBeVisibleAsync();

        await window.Locator("#go").ClickAsync();
        await Expect(window.GetByRole(AriaRole.Heading, new() { Name = "Confirmed" })).ToBeVisibleAsync();
        line.Restore();

        await page.Tab.Locator("#go").ClickAsync();
        await Expect(page.Tab.GetByText("Other ID is linked.")).ToBeVisibleAsync();
    }

    /// <summary>Eve, whose session is not recent and who has no password, is asked who she is: in a window where she is about to say so.</summary>
    private async Task<(IdentitiesPage Page, IPage Window, Line Line)> AskedElsewhereAsync(Action<IServiceCollection>? configure = null)
    {
        await StartAsync(configure);
        provider.Person = new ProviderPerson("eve-at-example") { Email = "eve@example.org", IsEmailVerified = true };
        var profile = await NewProfileAsync();
        var line = await LineOfAsync(profile);
        var page = new IdentitiesPage(await profile.NewPageAsync());
        await RegisterAsync(page.Tab);
        // The provider did not say when she signed in there, so her session is not recent.
        await page.Button("Link Other ID").ClickAsync();
        provider.Person = provider.Person with { AuthenticatedAt = TimeProvider.System.GetUtcNow() };
        var window = await page.Tab.RunAndWaitForPopupAsync(() => page.Button("Confirm with Example ID").ClickAsync());
        await Expect(page.Tab.GetByText("this goes on by itself")).ToBeVisibleAsync();
        return (page, window, line);
    }

    /// <summary>Keeps the answers of one address from their browsers, when all that leads to them has happened.</summary>
    private sealed class HeldAnswers(string path) : IStartupFilter
    {
        private readonly TaskCompletionSource made = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool holds;

        /// <summary>From now on. The task ends when there is an answer to keep.</summary>
        public Task Hold()
        {
            holds = true;
            return made.Task;
        }

        public void Release() => released.SetResult();

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, then) =>
            {
                if (holds && http.Request.Path == path)
                {
                    http.Response.OnStarting(() =>
                    {
                        made.TrySetResult();
                        return released.Task;
                    });
                }

                await then(http);
            });
            next(app);
        };
    }
}
