using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

// Other ways in: an app, which is taken on and off again, and an identity at a provider.
public sealed partial class NewPersonTests
{
    private async Task TryTheAppAsync()
    {
        await GoAsync("Security");
        var security = new SecurityPage(_tab);
        await security.SetUp.ClickAsync();
        await Expect(security.Picture).ToBeVisibleAsync();
        await LookAsync(_tab);
        await security.Button("Cancel").ClickAsync();

        await security.EnrolAsync(TimeProvider.System.GetUtcNow);
        await LookAsync(_tab);
        await security.Button("I have kept them").ClickAsync();
        await Expect(security.Codes).ToHaveCountAsync(0);
        await LookAsync(_tab);

        await security.Button("Remove the app").ClickAsync();
        await Expect(security.Dialog).ToBeVisibleAsync();
        await LookAsync(_tab);
        await security.Dialog.GetByRole(AriaRole.Button, new() { Name = "Remove the app" }).ClickAsync();
        await Expect(_tab.GetByText("The app is removed.")).ToBeVisibleAsync();
        await Expect(security.SetUp).ToBeVisibleAsync();
        await LookAsync(_tab);
    }

    private async Task LinkAndUnlinkAnIdentityAsync()
    {
        await GoAsync("Linked identities");
        var identities = new IdentitiesPage(_tab);
        await Expect(identities.Button("Link Example ID")).ToBeEnabledAsync();
        await LookAsync(_tab);
        await identities.LinkAsync("Example ID");
        await Expect(identities.Rows).ToContainTextAsync(["person-at-example"]);
        await LookAsync(_tab);

        await identities.UnlinkAsync("Example ID");
        await Expect(_tab.GetByText("Example ID is unlinked.")).ToBeVisibleAsync();
        await Expect(identities.Rows).ToHaveCountAsync(0);
        await LookAsync(_tab);
    }
}
