using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class EventsTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task What_the_filter_leaves_is_shown_and_is_what_the_files_hold_after_the_password()
    {
        var users = Host.Services.GetRequiredService<IUserAdmin>();
        var (admin, meant, other) = (await Host.CreateUserAsync(roles: RoleNames.Administrator), await Host.CreateUserAsync(), await Host.CreateUserAsync());
        foreach (var user in new[] { meant, other })
        {
            await users.DeactivateAsync(user.Email, Operator.CommandLine, Cancel);
            await users.ActivateAsync(user.Email, Operator.CommandLine, Cancel);
        }

        var tab = await (await SignedInProfileAsync(admin)).NewPageAsync();
        await tab.GotoAsync(PortalUrls.AdminEventsPath);
        await Circuit.IsOpenAsync(tab);
        await tab.GetByLabel("Whose account").FillAsync("nobody@example.org");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(tab.GetByLabel("Whose account")).ToHaveAttributeAsync("aria-invalid", "true");
        await tab.GotoAsync(PortalUrls.AdminEventsPath);
        await Circuit.IsOpenAsync(tab);
        await tab.GetByLabel("Whose account").FillAsync(meant.Email);
        await tab.GetByLabel("Kind").SelectOptionAsync("deactivated");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        var rows = tab.GetByRole(AriaRole.Table, new() { Name = "Security events" }).Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows).ToContainTextAsync(meant.Email);
        await Expect(tab.GetByLabel("Kind")).ToHaveValueAsync("deactivated");

        await AgeAsync(admin);
        await Circuit.IsOpenAsync(tab);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Export as CSV" }).ClickAsync();
        var dialog = tab.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(admin.Password);
        var csv = await LinesAsync(await tab.RunAndWaitForDownloadAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync()));
        Assert.StartsWith("id,at,kind,subject", csv[0], StringComparison.Ordinal);
        Assert.Contains($"deactivated,{meant.Id},{meant.Email}", Assert.Single(csv[1..]), StringComparison.Ordinal);

        var json = await LinesAsync(await tab.RunAndWaitForDownloadAsync(() => tab.GetByRole(AriaRole.Button, new() { Name = "Export as JSON Lines" }).ClickAsync()));
        Assert.Contains(meant.Email, Assert.Single(json), StringComparison.Ordinal);
        await tab.GetByRole(AriaRole.Link, new() { Name = "Show everything" }).ClickAsync();
        await Expect(tab.GetByLabel("Whose account")).ToHaveValueAsync("");
    }

    private static async Task<string[]> LinesAsync(IDownload file)
    {
        await using var content = await file.CreateReadStreamAsync();
        using var text = new StreamReader(content);
        return (await text.ReadToEndAsync(Cancel)).Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries);
    }
}
