using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>One person's whole time with the portal, page by page, as they would go; each page is clean in both themes.</summary>
public sealed partial class NewPersonTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string First = PortalHost.DefaultPassword;
    private const string Second = "seven herons sleep by lamplight";
    private const string Third = "a kettle hums under the stairs";

    private readonly string _address = $"person-{Guid.CreateVersion7():N}@example.org";
    private readonly string _newAddress = $"wish-{Guid.CreateVersion7():N}@example.org";
    private IPage _tab = null!;
    private LoopbackProvider? _provider;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_new_person_goes_through_every_page_from_the_first_visit_to_the_last()
    {
        await StartPortalWithProviderAsync();
        _tab = await (await NewProfileAsync(Device.Chrome)).NewPageAsync();
        await RegisterAndConfirmAsync();
        await SignInAsync(_tab, _address, First);
        await FillInProfileAsync();
        await ChangeAddressAsync();
        await ChangePasswordAsync();
        await TryTheAppAsync();
        await LinkAndUnlinkAnIdentityAsync();
        await SignAnotherBrowserOutAsync();
        await LookAtActivityAsync();
        await TakeDataAlongAsync();
        await ForgetPasswordAsync();
        await SignInAsync(_tab, _newAddress, Third);
        await DeleteAccountAsync();
        await new SignInPage(_tab).SignInAsync(new TestUser(0, _newAddress, null, Third));
        await Expect(_tab.Alert()).ToContainTextAsync("do not match an account");
    }

    /// <summary>For itself alone: a provider knows one person at a time.</summary>
    private async Task StartPortalWithProviderAsync()
    {
        _provider = await LoopbackProvider.StartAsync();
        _provider.IsAsking = true;
        _provider.Person = new ProviderPerson("person-at-example");
        await StartPortalAsync(options => _provider.AddTo(options.Settings));
        await _provider.AddClientAsync(Host.BaseAddress, "example");
    }

    private static Task LookAsync(IPage tab) => Accessibility.FindsNothingInEitherThemeAsync(tab);

    private static ILocator Button(IPage tab, string name) => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Link(IPage tab, string name) => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private async Task<string> LinkMailedToAsync(string address, string subject) =>
        CaughtMails.LinkOf(await Host.Mails.WaitForAsync(address, subject, Cancel)).ToString();

    /// <summary>Follows a link of the navigation.</summary>
    private async Task GoAsync(string page)
    {
        await new ProfilePage(_tab).Navigation(page).ClickAsync();
        await Expect(_tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(page);
    }

    private async Task RegisterAndConfirmAsync()
    {
        await _tab.GotoAsync("/");
        await LookAsync(_tab);
        await Link(_tab, "Create an account").ClickAsync();
        var register = new RegisterPage(_tab);
        await LookAsync(_tab);
        await register.FillAsync(_address, "", First);
        await register.CreateAccount.ClickAsync();
        await Expect(_tab.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
        await LookAsync(_tab);

        await _tab.GotoAsync(await LinkMailedToAsync(_address, "Confirm"));
        await LookAsync(_tab);
        await Button(_tab, "Confirm this address").ClickAsync();
        await Expect(_tab.Alert()).ToContainTextAsync("Your address is confirmed.");
        await LookAsync(_tab);
        await Link(_tab, "Sign in").ClickAsync();
    }

    private static async Task SignInAsync(IPage tab, string address, string password)
    {
        await new SignInPage(tab).SignInAsync(new TestUser(0, address, null, password));
        await Expect(new OverviewPage(tab).Hello).ToContainTextAsync("Hello");
    }

    private async Task FillInProfileAsync()
    {
        var overview = new OverviewPage(_tab);
        await Expect(overview.Missing).ToContainTextAsync(["Your password alone opens the account."]);
        await Expect(overview.Open).ToContainTextAsync(["Your profile has no name."]);
        await LookAsync(_tab);
        await Link(_tab, "Add your name").ClickAsync();

        var profile = new ProfilePage(_tab);
        await profile.IsLiveAsync();
        await profile.FullName.FillAsync("A new person");
        await profile.PictureFile.SetInputFilesAsync(await profile.DrawnAsync());
        await Expect(_tab.GetByText("Your picture is saved.")).ToBeVisibleAsync();
        await profile.Radio("Who may find your profile", "Public").CheckAsync();
        await profile.Language.SelectOptionAsync("de");
        await profile.TimeZone.SelectOptionAsync("Asia/Tokyo");
        await LookAsync(_tab);
        await profile.Save.ClickAsync();
        await Expect(profile.Saved).ToBeVisibleAsync();
        await LookAsync(_tab);

        await GoAsync("Overview");
        await Expect(overview.Hello).ToHaveTextAsync("Hello A new person");
        await Expect(overview.Open).ToHaveCountAsync(0);
        await LookAsync(_tab);
    }

    private async Task ChangeAddressAsync()
    {
        await GoAsync("Email");
        var email = new EmailPage(_tab);
        await email.IsLiveAsync();
        await email.AskAsync(_newAddress);
        await Expect(email.Said).ToContainTextAsync($"Waiting for {_newAddress} to be confirmed.");
        await LookAsync(_tab);

        // In the language chosen before.
        var other = await _tab.Context.NewPageAsync();
        await other.GotoAsync(await LinkMailedToAsync(_newAddress, "Bestätigen"));
        await LookAsync(other);
        await Button(other, "Confirm this address").ClickAsync();
        await Expect(other.Alert()).ToContainTextAsync("Your address is changed.");
        await LookAsync(other);
        await other.CloseAsync();
        await Expect(email.Said).ToContainTextAsync($"Your address is {_newAddress} now.");
    }

    private async Task ChangePasswordAsync()
    {
        await GoAsync("Password");
        var password = new PasswordPage(_tab);
        await password.IsLiveAsync();
        await password.ChangeAsync(First, Second);
        await Expect(_tab.GetByText("Your password is changed.")).ToBeVisibleAsync();
        await LookAsync(_tab);
    }
}
