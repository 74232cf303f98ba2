using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Data;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

public abstract partial class PageVisits
{
    private async Task<IPage> ResendToOwnAsync(Action<BrowserNewContextOptions>? configure)
    {
        await StartPortalAsync(options => options.Settings["Accounts:RequireConfirmedEmail"] = "false");
        var user = await Host.CreateUserAsync(isConfirmed: false);
        var tab = await (await SignedInProfileAsync(user, configure: configure)).NewPageAsync();
        await tab.GotoAsync(PortalUrls.ResendConfirmationPath);
        await Expect(tab.GetByText(user.Email)).ToBeVisibleAsync();
        return tab;
    }

    /// <summary>The page that a mail's link leads to, once the link has expired.</summary>
    private async Task<IPage> LateAsync(Task<IPage> opening)
    {
        var tab = await opening;
        var userId = long.Parse(QueryHelpers.ParseQuery(new Uri(tab.Url).Query)["user"]!, CultureInfo.InvariantCulture);
        await using var context = await Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel);
        await context.OneTimeTokens.Where(link => link.UserId == userId).ExecuteUpdateAsync(row => row.SetProperty(link => link.ExpiresAt, DateTimeOffset.UnixEpoch), Cancel);
        await tab.ReloadAsync();
        await Expect(tab.Alert()).ToBeVisibleAsync();
        return tab;
    }
}
