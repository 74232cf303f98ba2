using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>With a provider on another host of this machine, so that cookies meet what other sites meet.</summary>
public sealed partial class ExternalIdentityTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string Ended = "The provider you signed in with ended this session.";

    private LoopbackProvider provider = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_new_comes_by_a_provider_and_leaves_when_it_says_so()
    {
        await StartAsync();
        provider.Person = new ProviderPerson("ada-at-example") { Email = "ada@example.org", IsEmailVerified = true, Session = "there" };
        var tab = await (await NewProfileAsync()).NewPageAsync();
        await tab.GotoAsync(PortalUrls.SignIn(PortalUrls.IdentitiesPath));
        await tab.GetByRole(AriaRole.Button, new() { Name = "Continue with Example ID" }).ClickAsync();
        await tab.Locator("#go").ClickAsync();

        await Expect(tab.GetByLabel("Email", new() { Exact = true })).ToHaveValueAsync("ada@example.org");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();

        var page = new IdentitiesPage(tab);
        await Expect(page.Rows).ToContainTextAsync(["Your only way in"]);
        await Expect(page.Button("Unlink Example ID")).ToHaveCountAsync(0);
        await Expect(page.Button("Link Other ID")).ToBeEnabledAsync();

        await EndThereAsync("ada-at-example", "there");

        // The open page leaves by itself.
        await Expect(tab.GetByText(Ended)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_end_of_one_session_at_the_provider_takes_its_pages_away_and_leaves_the_persons_others_open()
    {
        await StartAsync();
        var user = await Host.CreateUserAsync();
        var byPassword = await SignedInProfileAsync(user);
        provider.Person = new ProviderPerson("eli-at-example");
        await (await IdentitiesPage.OpenAsync(byPassword)).LinkAsync("Example ID");
        var (ended, other) = (await ComeAsync(Device.Firefox, "this one"), await ComeAsync(Device.Edge, "another"));
        var (second, local) = (await SessionsPage.OpenAsync(ended.Tab.Context), await SessionsPage.OpenAsync(byPassword));
        await Expect(other.Rows).ToHaveCountAsync(3);

        await EndThereAsync("eli-at-example", "this one");

        await ended.LeftBecauseAsync("provider", Ended);
        await second.LeftBecauseAsync("provider", Ended);
        foreach (var stays in (SessionsPage[])[other, local])
        {
            await Expect(stays.Rows).ToHaveCountAsync(2);
            await stays.Tab.ReloadAsync();
            await stays.IsLiveAsync();
        }
    }

    [Fact]
    public async Task An_identity_is_linked_and_unlinked_and_another_tab_sees_it()
    {
        await StartAsync();
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var (page, watching) = (await IdentitiesPage.OpenAsync(profile), await IdentitiesPage.OpenAsync(profile));
        provider.Person = new ProviderPerson("her-at-example");

        await page.LinkAsync("Example ID");
        await Expect(watching.Rows).ToContainTextAsync(["her-at-example"]);

        await page.UnlinkAsync("Example ID");
        await Expect(page.Tab.GetByText("Example ID is unlinked.")).ToBeVisibleAsync();
        await Expect(watching.Rows).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("ASVS", "6.3.3")]
    public async Task Who_says_no_at_the_provider_may_say_yes_then_and_is_asked_for_the_app_all_the_same()
    {
        await StartAsync();
        var user = await Host.CreateUserAsync();
        provider.Person = new ProviderPerson("their-own-at-example");
        await (await IdentitiesPage.OpenAsync(await SignedInProfileAsync(user))).LinkAsync("Example ID");
        var (app, _) = await Host.AddSecondFactorAsync(user);
        var tab = await (await NewProfileAsync(Device.Firefox)).NewPageAsync();
        await tab.GotoAsync(PortalUrls.SignInPath);

        var go = tab.GetByRole(AriaRole.Button, new() { Name = "Continue with Example ID" });

        provider.IsDenying = true;
        await go.ClickAsync();
        await Expect(tab.Alert()).ToContainTextAsync("You stopped at the provider.");

        provider.IsDenying = false;
        await go.ClickAsync();
        await tab.Locator("#go").ClickAsync();
        await new SecondStepPage(tab).GiveAsync(app.CodeAt(TimeProvider.System.GetUtcNow()));
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());
    }

    [Fact]
    public async Task After_a_while_the_password_is_asked_for_first()
    {
        await StartAsync();
        var user = await Host.CreateUserAsync();
        var page = await IdentitiesPage.OpenAsync(await SignedInProfileAsync(user));
        await AgeAsync(user);
        provider.Person = new ProviderPerson("his-at-example");

        await page.Button("Link Example ID").ClickAsync();
        await page.Tab.GetByRole(AriaRole.Dialog).GetByLabel("Password", new() { Exact = true }).FillAsync(user.Password);
        await page.Tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await page.Tab.Locator("#go").ClickAsync();

        await Expect(page.Rows).ToContainTextAsync(["his-at-example"]);
    }

    private static async Task RegisterAsync(IPage tab)
    {
        await tab.GotoAsync(PortalUrls.SignIn(PortalUrls.IdentitiesPath));
        await tab.GetByRole(AriaRole.Button, new() { Name = "Continue with Example ID" }).ClickAsync();
        await tab.Locator("#go").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
    }

    /// <summary>The provider sends its notice that a session there is over.</summary>
    private async Task EndThereAsync(string subject, string session)
    {
        using var server = new HttpClient();
        using var answer = await server.PostAsync(
            At($"{PortalUrls.ProviderLogoutPath}/example"), new FormUrlEncodedContent([new("logout_token", provider.LogoutToken(subject, session))]), Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>The provider's person signs in with it in another browser, in a session of it.</summary>
    private async Task<SessionsPage> ComeAsync(Device device, string session)
    {
        provider.Person = provider.Person with { Session = session };
        var profile = await NewProfileAsync(device);
        var tab = await profile.NewPageAsync();
        await ContinueAsync(tab);
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());
        await tab.CloseAsync();
        return await SessionsPage.OpenAsync(profile);
    }

    private async Task StartAsync(Action<IServiceCollection>? configure = null)
    {
        provider = await LoopbackProvider.StartAsync();
        provider.IsAsking = true;
        await StartPortalAsync(options =>
        {
            options.ConfigureServices += configure;
            provider.AddTo(options.Settings);
            provider.AddTo(options.Settings, "other", "Other ID", 1);
        });
        await provider.AddClientAsync(Host.BaseAddress, "example", "other");
    }
}
