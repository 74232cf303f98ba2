using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Data;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>A passkey in the place of a code.</summary>
public sealed partial class PasskeyTests
{
    [Fact]
    [Trait("ASVS", "6.3.3")]
    public async Task After_the_password_it_stands_in_for_the_code_though_the_first_try_was_cancelled()
    {
        var (page, device, user) = await OwnerAsync();
        await Host.AddSecondFactorAsync(user);
        await SignOutAsync(page.Tab, device);
        await new SignInPage(page.Tab).SignInAsync(user);
        await device.RecogniseAsync(false);
        await device.SayYesAsync(true);

        await Instead(page.Tab).ClickAsync();
        await Expect(page.Tab.Locator("[data-says]")).ToContainTextAsync("That was cancelled, or took too long.");
        await device.RecogniseAsync(true);
        await Instead(page.Tab).ClickAsync();

        await Expect(page.Tab).ToHaveURLAsync(Account());
        var sessions = await SessionsPage.OpenAsync(page.Tab.Context);
        await sessions.Current.GetByText("Details").ClickAsync();
        await Expect(sessions.Current).ToContainTextAsync("by password and passkey");
    }

    [Theory]
    [InlineData(false, "does not belong to an account here")]
    [InlineData(true, "No sign-in waits here for a passkey. Enter the code")]
    public async Task One_that_was_removed_meanwhile_does_not_and_the_code_still_does(bool beforeItIsAskedFor, string words)
    {
        var (page, device, user) = await OwnerAsync();
        var (app, _) = await Host.AddSecondFactorAsync(user);
        await SignOutAsync(page.Tab, device);
        await new SignInPage(page.Tab).SignInAsync(user);
        await Expect(Instead(page.Tab)).ToBeVisibleAsync();
        await device.SayYesAsync(true);
        Tolerate("status of 409");
        await page.Tab.RouteAsync($"**{(beforeItIsAskedFor ? PortalUrls.PasskeySecondStepPath : PortalUrls.TwoFactor(null))}", async route =>
        {
            await RemoveAllAsync(user.Id);
            await route.ContinueAsync();
        });

        await Instead(page.Tab).ClickAsync();

        await Expect(page.Tab.GetByRole(AriaRole.Main)).ToContainTextAsync(words);
        await new SecondStepPage(page.Tab).GiveAsync(app.CodeAt(TimeProvider.System.GetUtcNow()));
        await Expect(page.Tab).ToHaveURLAsync(Account());
    }

    [Fact]
    [Trait("ASVS", "6.3.3")]
    public async Task From_each_of_their_pages_an_administrator_without_one_is_led_to_adding_it_which_opens_them()
    {
        await StartPortalAsync(options => options.Settings["Accounts:Administrators:RequireSecondFactor"] = "true");
        var (page, _) = await PasskeysPage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin")));
        var pages = Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(endpoint => Parameter().Replace($"/{endpoint.RoutePattern.RawText!.TrimStart('/')}", "1"))
            .Where(path => path.StartsWith(PortalUrls.AdminPath, StringComparison.Ordinal))
            .ToList();
        Assert.Contains(PortalUrls.AdminUser("1"), pages);
        foreach (var address in pages)
        {
            await page.Tab.GotoAsync(address);
            await Expect(page.Tab).ToHaveURLAsync(At(PortalUrls.SecurityFor(address)).ToString());
        }

        await page.Tab.GotoAsync(PortalUrls.AdminUsersPath);
        await Expect(page.Tab.GetByText("Administering here needs a second factor.")).ToBeVisibleAsync();
        await page.IsLiveAsync();
        await page.AddPasskeyAsync();
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Use a passkey", Exact = true }).ClickAsync();
        await page.Tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Use a passkey", Exact = true }).ClickAsync();
        await page.Tab.GetByRole(AriaRole.Link, new() { Name = "Go on to the administration" }).ClickAsync();

        await Expect(page.Tab.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Users" })).ToBeVisibleAsync();
        await page.Tab.GotoAsync(PortalUrls.AdminRolesPath);
        await Expect(page.Tab.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Roles" })).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private static ILocator Instead(IPage tab) => new SecondStepPage(tab).UsePasskey;

    private async Task RemoveAllAsync(long userId)
    {
        await using var context = await Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel);
        await context.UserPasskeys.Where(row => row.UserId == userId).ExecuteDeleteAsync(Cancel);
    }
}
