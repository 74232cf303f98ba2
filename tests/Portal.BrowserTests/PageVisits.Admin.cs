using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

// What administrators see of roles and of one person.
public abstract partial class PageVisits
{
    private async Task<IPage> AdminAsync(Action<BrowserNewContextOptions>? configure, string path, bool isPlain = false)
    {
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var tab = await (await SignedInProfileAsync(admin, configure: configure)).NewPageAsync();
        await tab.GotoAsync(path);
        if (isPlain)
        {
            // Nothing to press, by which the circuit could be told.
            await Expect(tab.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Looking up");
        }
        else
        {
            await Circuit.IsOpenAsync(tab);
        }

        return tab;
    }

    private async Task<IPage> UsersAsync(Action<BrowserNewContextOptions>? configure, bool isAsked = false)
    {
        var domain = $"d{Guid.CreateVersion7():N}.example";
        await Host.CreateUserAsync($"one@{domain}", isConfirmed: false);
        await Host.CreateUserAsync($"two@{domain}", isActive: false);
        await Host.CreateUserAsync($"three@{domain}");
        var tab = await AdminAsync(configure, $"{PortalUrls.AdminUsersPath}?domain={domain}");
        if (isAsked)
        {
            await tab.GetByRole(AriaRole.Checkbox, new() { Name = $"Select three@{domain}" }).CheckAsync();
            await tab.GetByText("Do with them").ClickAsync();
            await tab.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();
            await Expect(tab.GetByRole(AriaRole.Dialog)).ToContainTextAsync("selected. Something changes for 1");
        }

        return tab;
    }

    /// <summary>All that is folded is open.</summary>
    private async Task<IPage> UsersNarrowingAsync(Action<BrowserNewContextOptions>? configure)
    {
        var tab = await UsersAsync(configure);
        await tab.Locator("[data-fold]").EvaluateAsync("fold => { fold.open = true; }");
        await tab.GetByText("Keyboard shortcuts").ClickAsync();
        await Expect(tab.GetByText("to the search")).ToBeVisibleAsync();
        return tab;
    }

    private async Task<IPage> RoleAsync(Action<BrowserNewContextOptions>? configure, bool isSearched)
    {
        var name = $"curator-{Guid.CreateVersion7():N}"[..16];
        await Host.Services.GetRequiredService<IRoleAdmin>().CreateAsync(name, "Looks after collections.", Operator.CommandLine, Cancel);
        await Host.CreateUserAsync(roles: name);
        await Host.CreateUserAsync(isActive: false, roles: name);
        var tab = await AdminAsync(configure, PortalUrls.AdminRole(name));
        if (isSearched)
        {
            await tab.GetByRole(AriaRole.Combobox).PressSequentiallyAsync("person");
            await Expect(tab.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
            await tab.Keyboard.PressAsync("ArrowDown");
        }

        return tab;
    }

    private async Task<IPage> NewRoleAsync(Action<BrowserNewContextOptions>? configure)
    {
        var tab = await AdminAsync(configure, PortalUrls.AdminRolesPath);
        await tab.GetByRole(AriaRole.Button, new() { Name = "New role" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        return tab;
    }

    private async Task<IPage> UserAsync(Action<BrowserNewContextOptions>? configure, string part, string? pressed = null)
    {
        var user = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        await SignInAsync(await NewProfileAsync(Device.Firefox), user, Device.Firefox);
        var tab = await AdminAsync(configure, $"{PortalUrls.AdminUser($"{user.Id}")}?tab={part}", isPlain: part is "overview" or "events");
        if (pressed is not null)
        {
            await tab.GetByRole(AriaRole.Button, new() { Name = $"{pressed} {user.Email}" }).ClickAsync();
            await Expect(tab.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        }

        return tab;
    }

    private async Task<IPage> UserConflictAsync(Action<BrowserNewContextOptions>? configure)
    {
        var user = await Host.CreateUserAsync();
        var tab = await AdminAsync(configure, $"{PortalUrls.AdminUser($"{user.Id}")}?tab=profile");
        await tab.GetByLabel("Full name").FillAsync("A name typed here");
        await Host.Services.GetRequiredService<IUserAdmin>().EditAsync(
            user.Email, new UserEdit(new Dictionary<string, string?> { ["profile.full_name"] = "A name typed elsewhere" }), Operator.CommandLine, Cancel);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        return tab;
    }

    private async Task<IPage> InvitationAsync(Action<BrowserNewContextOptions>? configure)
    {
        var address = $"invited-{Guid.CreateVersion7():N}@example.org";
        await Host.Services.GetRequiredService<IUserAdmin>().InviteAsync(new Invitation { Email = address }, Operator.CommandLine, Cancel);
        return await GoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync(address, "", Cancel)).PathAndQuery, configure);
    }
}
