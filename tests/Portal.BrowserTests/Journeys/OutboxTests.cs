using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>What an administrator does with a mail that waits for its next try.</summary>
public sealed class OutboxTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task A_mail_that_is_tried_now_arrives()
    {
        var user = await Host.CreateUserAsync();
        await PromiseAsync(user);
        var tab = await OpenAsync(user);

        await tab.GetByRole(AriaRole.Button, new() { Name = $"Try now: Welcome to {user.Email}" }).ClickAsync();

        await Expect(tab.GetByRole(AriaRole.Status).Filter(new() { HasText = $"Welcome to {user.Email} is tried now." })).ToBeAttachedAsync();
        await Host.Mails.WaitForAsync(user.Email, "", Cancel);
        await Expect(Row(tab)).ToContainTextAsync("Sent");
        await Expect(Row(tab).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_mail_that_is_dropped_is_given_up_and_what_it_said_is_gone()
    {
        var user = await Host.CreateUserAsync();
        await PromiseAsync(user);
        var tab = await OpenAsync(user);
        var drop = tab.GetByRole(AriaRole.Button, new() { Name = $"Drop Welcome to {user.Email}" });

        await drop.ClickAsync();
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.NotNull((await MailAsync(user)).Payload);
        await drop.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToContainTextAsync("is never sent, and what it says is gone.");
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();

        await Expect(Row(tab)).ToContainTextAsync("Given up");
        var mail = await MailAsync(user);
        Assert.Equal((OutboxMailState.GivenUp, null, null), (mail.State, mail.Payload, mail.DueAt));
        Assert.DoesNotContain(Host.Mails.All, sent => sent.To.ToString().Contains(user.Email, StringComparison.OrdinalIgnoreCase));
    }

    private static ILocator Row(IPage tab) => tab.GetByRole(AriaRole.Table, new() { Name = "Mails" }).Locator("tbody tr");

    private async Task<IPage> OpenAsync(TestUser user)
    {
        var tab = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: RoleNames.Administrator))).NewPageAsync();
        await tab.GotoAsync($"{PortalUrls.AdminMailPath}?q={user.Email}");
        await Circuit.IsOpenAsync(tab);
        await Expect(Row(tab)).ToHaveCountAsync(1);
        return tab;
    }

    /// <summary>Not before an hour has passed, as after some failures.</summary>
    private async Task PromiseAsync(TestUser user)
    {
        await using var context = await ContextAsync();
        await Host.Services.GetRequiredService<Outbox>().AddAsync(context, new AccountMail.Welcome(user.Email, user.Id, user.UserName, "http://localhost/login"), Cancel);
        context.OutboxMails.Local.Single().DueAt += TimeSpan.FromHours(1);
        await context.SaveChangesAsync(Cancel);
    }

    private async Task<OutboxMail> MailAsync(TestUser user)
    {
        await using var context = await ContextAsync();
        return await context.OutboxMails.SingleAsync(mail => mail.UserId == user.Id, Cancel);
    }

    private Task<PortalDbContext> ContextAsync() => Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel);
}
