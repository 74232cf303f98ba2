using Microsoft.Playwright;
using Portal.Accounts.Sessions;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>Whatever else is asked for comes first, and the choice last.</summary>
public sealed partial class TooManySessionsTests
{
    [Fact]
    public async Task After_the_code_of_an_app_one_is_chosen_and_the_person_is_in()
    {
        await StartAsync(WhenFull.Refuse);
        var (user, kept, chosen) = await OpenTwoAsync();
        var (app, _) = await Host.AddSecondFactorAsync(user);

        var newest = await SignInAsync(user);
        await new SecondStepPage(newest).GiveAsync(app.CodeAt(Host.Clock.GetUtcNow()));

        await ChoosesAsync(newest, kept, chosen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_passkey_one_is_chosen_and_the_person_is_in(bool isSecondStep)
    {
        await StartAsync(WhenFull.Refuse);
        var (user, kept, chosen) = await OpenTwoAsync();
        var (passkeys, device) = await PasskeysPage.OpenAsync(kept.Tab.Context);
        await passkeys.EndOthers.UncheckAsync();
        await passkeys.AddPasskeyAsync();
        var newest = await (await NewProfileAsync(Device.Edge)).NewPageAsync();
        var copy = await Authenticator.AttachAsync(newest);
        await device.CopyToAsync(copy);

        if (isSecondStep)
        {
            await Host.AddSecondFactorAsync(user);
            await copy.SayYesAsync(false);
            await (await SignInPage.OpenAsync(newest)).SignInAsync(user);
            await Expect(new SecondStepPage(newest).UsePasskey).ToBeVisibleAsync();
            await copy.SayYesAsync(true);
            await new SecondStepPage(newest).UsePasskey.ClickAsync();
        }
        else
        {
            // Chosen from what the browser offers, perhaps before the page is there.
            await newest.GotoAsync(PortalUrls.SignInPath, new() { WaitUntil = WaitUntilState.Commit });
        }

        await ChoosesAsync(newest, kept, chosen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_provider_one_is_chosen_and_the_person_is_in(bool hasApp)
    {
        await using var provider = await LoopbackProvider.StartAsync();
        provider.IsAsking = true;
        await StartAsync(WhenFull.Refuse, provider);
        await provider.AddClientAsync(Host.BaseAddress, "example");
        var (user, kept, chosen) = await OpenTwoAsync();
        var identities = await IdentitiesPage.OpenAsync(kept.Tab.Context);
        await identities.EndOthers.UncheckAsync();
        await identities.LinkAsync("Example ID");
        var app = hasApp ? (await Host.AddSecondFactorAsync(user)).App : null;

        var newest = await (await NewProfileAsync(Device.Edge)).NewPageAsync();
        await newest.GotoAsync(PortalUrls.SignInPath);
        await newest.GetByRole(AriaRole.Button, new() { Name = "Continue with Example ID" }).ClickAsync();
        await newest.Locator("#go").ClickAsync();
        if (app is not null)
        {
            await new SecondStepPage(newest).GiveAsync(app.CodeAt(Host.Clock.GetUtcNow()));
        }

        await ChoosesAsync(newest, kept, chosen);
    }

    /// <summary>It is said that there are too many; until one is chosen nobody is in.</summary>
    private async Task ChoosesAsync(IPage newest, SessionsPage kept, SessionsPage chosen)
    {
        var full = new TooManySessionsPage(newest);
        await Expect(full.Heading).ToBeVisibleAsync();
        await Expect(full.Choices).ToHaveCountAsync(2);
        Assert.False(await newest.EvaluateAsync<bool>(PortalHost.IsSignedInScript));
        await full.EndAsync(Device.Firefox.Words);

        await Expect(newest).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());
        await chosen.LeftBecauseAsync("replaced", Replaced);
        await kept.Tab.ReloadAsync();
        await kept.IsLiveAsync();
        await Expect(kept.Rows).ToHaveCountAsync(2);
        await kept.DoesNotShowAsync(Device.Firefox.Words);
    }
}
