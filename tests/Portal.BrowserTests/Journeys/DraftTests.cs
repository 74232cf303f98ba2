using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>What was typed and not saved when the connection, or the circuit with it, goes away.</summary>
public sealed partial class DraftTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string Lost = "Connection lost.";

    private readonly GivenUp givenUp = new();

    [Fact]
    public async Task What_is_typed_while_the_connection_is_away_stays_and_can_be_saved_when_it_is_back()
    {
        var user = await Host.CreateUserAsync();
        var (page, line) = await OpenOnLineAsync(user);
        await page.FullName.FillAsync("Ada");

        await line.CutAsync();
        await Expect(page.Tab.GetByText(Lost)).ToBeVisibleAsync();
        await page.FullName.FillAsync("Ada Lovelace");
        await page.Affiliations.FillAsync("Analytical Engines");
        // Heard by nobody, and no reason to lose the page.
        await page.Save.ClickAsync();
        await page.Navigation("Sessions").ClickAsync();
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Keep editing" }).ClickAsync();
        await Expect(page.Question).ToBeHiddenAsync();
        line.Restore();
        await Expect(page.Tab.GetByText(Lost)).ToBeHiddenAsync();

        await Expect(page.FullName).ToHaveValueAsync("Ada Lovelace");
        await page.Save.ClickAsync();
        await Expect(page.Saved).ToBeVisibleAsync();
        var other = await ProfilePage.OpenAsync(await SignedInProfileAsync(user));
        await Expect(other.FullName).ToHaveValueAsync("Ada Lovelace");
        await Expect(other.Affiliations).ToHaveValueAsync("Analytical Engines");
    }

    [Fact]
    public async Task What_is_typed_into_a_line_that_is_dead_already_is_not_lost()
    {
        var (page, line) = await OpenOnLineAsync(await Host.CreateUserAsync());

        await line.CutAsync();
        await page.FullName.PressSequentiallyAsync("Ada Lovelace");
        await Expect(page.Tab.GetByText(Lost)).ToBeVisibleAsync();
        line.Restore();
        await Expect(page.Tab.GetByText(Lost)).ToBeHiddenAsync();

        await page.Save.ClickAsync();
        await Expect(page.Saved).ToBeVisibleAsync();
        await page.Tab.ReloadAsync();
        await page.IsLiveAsync();
        await Expect(page.FullName).ToHaveValueAsync("Ada Lovelace");
    }

    [Fact]
    public async Task What_is_typed_before_the_page_is_live_is_not_lost()
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var line = await LineOfAsync(profile);
        line.Hold();
        var page = new ProfilePage(await profile.NewPageAsync());
        await page.Tab.GotoAsync(PortalUrls.ProfilePath);
        await page.FullName.FillAsync("Ada");
        await Expect(page.Save).ToBeDisabledAsync();

        line.Restore();

        await page.IsLiveAsync();
        await Expect(page.FullName).ToHaveValueAsync("Ada");
        await Expect(page.FullName).ToBeFocusedAsync();
        await page.Save.ClickAsync();
        await Expect(page.Saved).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_typed_while_anothers_save_travels_here_is_what_is_shown_and_saved()
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var answers = await HeldAnswers.OfAsync(profile);
        var page = await ProfilePage.OpenAsync(profile);
        var other = await ProfilePage.OpenAsync(await SignedInProfileAsync(user));

        answers.Hold("Augusta");
        await other.FullName.FillAsync("Augusta");
        await other.Save.ClickAsync();
        await answers.ArrivedAsync.WaitAsync(Cancel);
        await page.FullName.FillAsync("Ada");
        answers.Release();

        await Expect(page.Tab.Locator("form[data-unsaved]")).ToBeVisibleAsync();
        await Expect(page.FullName).ToHaveValueAsync("Ada");
        await page.Save.ClickAsync();
        await Expect(page.Saved).ToBeVisibleAsync();
        await Expect(other.FullName).ToHaveValueAsync("Ada");
    }

    [Fact]
    public async Task A_draft_outlives_the_circuit_it_was_typed_on()
    {
        await StartForgetfulPortalAsync();
        var user = await Host.CreateUserAsync();
        var (page, line) = await OpenOnLineAsync(user);
        await page.FullName.FillAsync("Ada");
        await page.Radio("Light or dark", "Dark").CheckAsync();
        await Expect(page.Tab.Locator("form[data-unsaved]")).ToBeVisibleAsync();

        await line.CutAsync();
        await givenUp.FirstAsync.WaitAsync(Cancel);
        await Expect(page.Tab.GetByText(Lost)).ToBeVisibleAsync();
        // The circuit never hears of this.
        await page.Affiliations.FillAsync("Analytical Engines");
        line.Restore();

        await Expect(page.Tab.GetByText("Here is what you had typed.")).ToBeVisibleAsync();
        await Expect(page.Tab.GetByText(Lost)).ToBeHiddenAsync();
        await Expect(page.FullName).ToHaveValueAsync("Ada");
        await Expect(page.Radio("Light or dark", "Dark")).ToBeCheckedAsync();
        await Expect(page.Affiliations).ToHaveValueAsync("Analytical Engines");
        await page.Save.ClickAsync();
        await Expect(page.Saved).ToBeVisibleAsync();
        var other = await ProfilePage.OpenAsync(await SignedInProfileAsync(user));
        await Expect(other.FullName).ToHaveValueAsync("Ada");
        await Expect(other.Affiliations).ToHaveValueAsync("Analytical Engines");
    }

    [Fact]
    public async Task A_draft_outlives_a_pause()
    {
        var (page, _) = await OpenOnLineAsync(await Host.CreateUserAsync());
        await page.FullName.FillAsync("Ada");
        await Expect(page.Tab.Locator("form[data-unsaved]")).ToBeVisibleAsync();

        await page.Tab.EvaluateAsync("async () => { await Blazor.pauseCircuit(); await Blazor.resumeCircuit(); }");

        await Expect(page.Tab.GetByText("Here is what you had typed.")).ToBeVisibleAsync();
        await Expect(page.FullName).ToHaveValueAsync("Ada");
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_draft_of_a_session_that_ended_comes_back_to_nobody()
    {
        await StartForgetfulPortalAsync();
        var user = await Host.CreateUserAsync();
        var (page, line) = await OpenOnLineAsync(user);
        await page.FullName.FillAsync("Ada");
        await Expect(page.Tab.Locator("form[data-unsaved]")).ToBeVisibleAsync();
        await line.CutAsync();
        await givenUp.FirstAsync.WaitAsync(Cancel);
        await Expect(page.Tab.GetByText(Lost)).ToBeVisibleAsync();
        await page.Affiliations.FillAsync("Analytical Engines");

        foreach (var session in await Host.SessionsOfAsync(user, Cancel))
        {
            await Host.EndSessionAsync(session.Id, Cancel);
        }

        line.Restore();
        await Expect(page.Tab).ToHaveURLAsync(new Regex("/(signed-out\\?reason=|login)"));
    }

    [Fact]
    [Trait("ASVS", "8.2.2")]
    public async Task A_draft_is_not_shown_to_who_signed_in_meanwhile()
    {
        await StartForgetfulPortalAsync();
        var (page, line) = await OpenOnLineAsync(await Host.CreateUserAsync());
        await page.FullName.FillAsync("Ada");
        await Expect(page.Tab.Locator("form[data-unsaved]")).ToBeVisibleAsync();
        await line.CutAsync();
        await givenUp.FirstAsync.WaitAsync(Cancel);
        await Expect(page.Tab.GetByText(Lost)).ToBeVisibleAsync();
        await page.Affiliations.FillAsync("Analytical Engines");

        // The same browser, in another of its tabs.
        await SignInAsync(page.Tab.Context, await Host.CreateUserAsync());
        line.Restore();

        await Expect(page.Tab.GetByText(Lost)).ToBeHiddenAsync();
        await Expect(page.FullName).ToHaveValueAsync("");
        await Expect(page.Affiliations).ToHaveValueAsync("");
        Assert.DoesNotContain("Analytical", await page.Tab.ContentAsync(), StringComparison.Ordinal);
    }

    /// <summary>A portal that gives circuits up as soon as their connection is lost, and keeps what is persisted.</summary>
    private Task StartForgetfulPortalAsync() => StartPortalAsync(options =>
    {
        var usual = options.ConfigureServices;
        options.ConfigureServices = services =>
        {
            usual?.Invoke(services);
            services.Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMilliseconds(1));
            services.AddSingleton<CircuitHandler>(givenUp);
        };
    });

    private async Task<(ProfilePage Page, Line Line)> OpenOnLineAsync(TestUser user)
    {
        TolerateLostLines();
        var profile = await SignedInProfileAsync(user);
        var line = await LineOfAsync(profile);
        return (await ProfilePage.OpenAsync(profile), line);
    }

    /// <summary>Told when the portal has given a circuit up.</summary>
    private sealed class GivenUp : CircuitHandler
    {
        private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task FirstAsync => first.Task;

        public override Task OnCircuitClosedAsync(Microsoft.AspNetCore.Components.Server.Circuits.Circuit circuit, CancellationToken cancellationToken)
        {
            first.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
