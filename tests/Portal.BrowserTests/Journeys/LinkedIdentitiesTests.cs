using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Accounts.Data;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>What an administrator does with the list of linked identities.</summary>
public sealed class LinkedIdentitiesTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    [Trait("ASVS", "6.3.7")]
    public async Task A_removed_one_leaves_the_list_and_the_account_and_its_person_is_told()
    {
        var user = await Host.CreateUserAsync();
        await LinkAsync(user, "elsewhere");
        var stays = await LinkAsync(user, "nowhere");
        var tab = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: RoleNames.Administrator))).NewPageAsync();
        await tab.GotoAsync($"{PortalUrls.AdminIdentitiesPath}?q={user.Email}");
        await Circuit.IsOpenAsync(tab);
        var rows = tab.GetByRole(AriaRole.Table, new() { Name = "Linked identities" }).Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(2);

        await tab.GetByRole(AriaRole.Button, new() { Name = $"Remove elsewhere of {user.Email}" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToContainTextAsync($"{user.Email} can no longer sign in by elsewhere");
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows).ToContainTextAsync("nowhere");
        Assert.Equal([stays], await LinksAsync(user));
        await Host.Mails.WaitForAsync(user.Email, "elsewhere was unlinked", Cancel);
    }

    private async Task<string> LinkAsync(TestUser user, string method)
    {
        await using var context = await ContextAsync();
        var identity = new UserIdentity { UserId = user.Id, LoginProvider = method, ProviderKey = Guid.CreateVersion7().ToString("N") };
        context.UserLogins.Add(identity);
        await context.SaveChangesAsync(Cancel);
        return identity.Id;
    }

    private async Task<List<string>> LinksAsync(TestUser user)
    {
        await using var context = await ContextAsync();
        return await context.UserLogins.Where(identity => identity.UserId == user.Id).Select(identity => identity.Id).ToListAsync(Cancel);
    }

    private Task<PortalDbContext> ContextAsync() => Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel);
}
