using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;
using Circuit = Portal.BrowserTests.Pages.Circuit;

namespace Portal.BrowserTests.Journeys;

/// <summary>Forms beside the profile's.</summary>
public sealed partial class DraftTests
{
    [Fact]
    public async Task An_address_typed_while_the_connection_is_away_can_be_sent_when_it_is_back()
    {
        await StartForgetfulPortalAsync();
        var profile = await SignedInProfileAsync(await Host.CreateUserAsync());
        var line = await LineOfAsync(profile);
        TolerateLostLines();
        var page = await EmailPage.OpenAsync(profile);
        await page.New.FillAsync("ada@exa");
        await Circuit.HasHeardAsync(page.Tab);

        await line.CutAsync();
        await givenUp.FirstAsync.WaitAsync(Cancel);
        await Expect(page.Tab.GetByText(Lost)).ToBeVisibleAsync();
        await page.New.FillAsync("ada@example.org");
        line.Restore();

        await Expect(page.Tab.GetByText(Lost)).ToBeHiddenAsync();
        await Expect(page.Tab.GetByText("Here is what you had typed.")).ToBeVisibleAsync();
        await Expect(page.New).ToHaveValueAsync("ada@example.org");
        await page.Send.ClickAsync();
        await Expect(page.Said).ToContainTextAsync("Waiting for ada@example.org to be confirmed.");
        await Expect(page.New).ToHaveValueAsync("");
    }

    [Fact]
    public async Task An_administrators_draft_is_told_of_what_another_saved_meanwhile()
    {
        await StartForgetfulPortalAsync();
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(await Host.CreateUserAsync(roles: RoleNames.Administrator));
        var line = await LineOfAsync(profile);
        TolerateLostLines();
        var tab = await OpenAsync(profile, $"{PortalUrls.AdminUser($"{user.Id}")}?tab=profile");
        await tab.GetByLabel("Full name").FillAsync("Mine");
        await Circuit.HasHeardAsync(tab);

        await line.CutAsync();
        await givenUp.FirstAsync.WaitAsync(Cancel);
        await Expect(tab.GetByText(Lost)).ToBeVisibleAsync();
        await tab.GetByLabel("Affiliations").FillAsync("My place");
        await Host.Services.GetRequiredService<IUserAdmin>().EditAsync(
            user.Email, new UserEdit(new Dictionary<string, string?> { ["profile.full_name"] = "Theirs" }), Operator.CommandLine, Cancel);
        line.Restore();

        await Expect(tab.GetByText(Lost)).ToBeHiddenAsync();
        await Expect(tab.GetByText("Here is what you had typed.")).ToBeVisibleAsync();
        await Expect(tab.GetByLabel("Full name")).ToHaveValueAsync("Mine");
        await Expect(tab.GetByLabel("Affiliations")).ToHaveValueAsync("My place");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Group, new() { Name = "Full name" }).GetByLabel("Yours: “Mine”").CheckAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save these" }).ClickAsync();
        await Expect(tab.GetByText("Saved.", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_dialog_that_went_with_its_circuit_is_open_again_with_what_was_typed_in_it()
    {
        await StartForgetfulPortalAsync();
        var role = $"role-{Guid.CreateVersion7():N}";
        await Host.Services.GetRequiredService<IRoleAdmin>().CreateAsync(role, null, Operator.CommandLine, Cancel);
        var profile = await SignedInProfileAsync(await Host.CreateUserAsync(roles: RoleNames.Administrator));
        var line = await LineOfAsync(profile);
        TolerateLostLines();
        var tab = await OpenAsync(profile, PortalUrls.AdminRole(role));
        await tab.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        var purpose = tab.GetByRole(AriaRole.Dialog).GetByLabel("What it is for (optional)");
        await purpose.FillAsync("For a");
        await Circuit.HasHeardAsync(tab);

        await line.CutAsync();
        await givenUp.FirstAsync.WaitAsync(Cancel);
        await Expect(tab.GetByText(Lost)).ToBeVisibleAsync();
        await purpose.FillAsync("For a while.");
        line.Restore();

        await Expect(tab.GetByText(Lost)).ToBeHiddenAsync();
        await Expect(purpose).ToHaveValueAsync("For a while.");
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(tab.GetByText("For a while.")).ToBeVisibleAsync();
    }

    private static async Task<IPage> OpenAsync(IBrowserContext profile, string path)
    {
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync(path);
        await Circuit.IsOpenAsync(tab);
        return tab;
    }
}
