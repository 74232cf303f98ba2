using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

// The pages of /admin about domains, identities, mails and events.
public abstract partial class PageVisits
{
    private async Task<IPage> AdminAsync(Action<BrowserNewContextOptions>? configure, string path)
    {
        var tab = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: RoleNames.Administrator), configure: configure)).NewPageAsync();
        await tab.GotoAsync(path);
        await Circuit.IsOpenAsync(tab);
        return tab;
    }

    private async Task<IPage> DomainsAsync(Action<BrowserNewContextOptions>? configure, bool isOne = false, bool isAsked = false)
    {
        var name = await DomainAsync();
        var tab = await AdminAsync(configure, isOne ? PortalUrls.AdminDomain(name) : $"{PortalUrls.AdminDomainsPath}?sort=-updated");
        if (isAsked)
        {
            await tab.GetByRole(AriaRole.Button, new() { Name = "Block", Exact = true }).ClickAsync();
            await Expect(tab.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Blocks 1 person");
        }

        return tab;
    }

    private async Task<IPage> IdentitiesAsync(Action<BrowserNewContextOptions>? configure)
    {
        var user = await Host.CreateUserAsync();
        await using (var context = await Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel))
        {
            context.UserLogins.Add(new UserIdentity { UserId = user.Id, LoginProvider = "orcid", ProviderDisplayName = "ORCID", ProviderKey = Guid.CreateVersion7().ToString() });
            await context.SaveChangesAsync(Cancel);
        }

        return await AdminAsync(configure, PortalUrls.AdminIdentitiesPath);
    }

    private async Task<IPage> MailAsync(Action<BrowserNewContextOptions>? configure)
    {
        var user = await Host.CreateUserAsync();
        await using (var context = await Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel))
        {
            var now = TimeProvider.System.GetUtcNow();
            context.OutboxMails.AddRange(
                new OutboxMail { Kind = "Welcome", Recipient = user.Email, UserId = user.Id, CreatedAt = now.AddHours(-1), SentAt = now.AddHours(-1), State = OutboxMailState.Sent },
                new OutboxMail { Kind = "ResetPassword", Recipient = user.Email, UserId = user.Id, CreatedAt = now, DueAt = now.AddHours(4), Attempts = 4, State = OutboxMailState.Retrying, LastError = "The mail server did not answer." },
                new OutboxMail { Kind = "NewDevice", Recipient = user.Email, UserId = user.Id, CreatedAt = now.AddDays(-1), FailedAt = now.AddHours(-3), Attempts = 10, State = OutboxMailState.GivenUp, LastError = "550 No such mailbox here." });
            await context.SaveChangesAsync(Cancel);
        }

        return await AdminAsync(configure, PortalUrls.AdminMailPath);
    }

    private async Task<IPage> EventsAsync(Action<BrowserNewContextOptions>? configure)
    {
        await DomainAsync();
        // An address with nothing to break it at.
        await Host.CreateUserAsync($"{new string('w', 30)}{Guid.CreateVersion7():N}@example.org");
        var tab = await AdminAsync(configure, PortalUrls.AdminEventsPath);
        await tab.GetByText("Details").First.ClickAsync();
        return tab;
    }

    private async Task<IPage> LabelsAsync(Action<BrowserNewContextOptions>? configure)
    {
        await DomainAsync();
        return await AdminAsync(configure, PortalUrls.AdminDomainLabelsPath);
    }

    private async Task<string> DomainAsync()
    {
        var name = $"lab-{Guid.CreateVersion7().ToString("N")[20..]}.example";
        await Host.CreateUserAsync($"one@{name}");
        var (domains, labels) = (Host.Services.GetRequiredService<IDomainAdmin>(), Host.Services.GetRequiredService<IDomainLabelAdmin>());
        await labels.AddOrganisationAsync(new OrganisationEdit($"University {name}"), Operator.CommandLine, Cancel);
        var organisation = (await labels.ListAsync(Cancel)).Organisations.Single(found => found.Name == $"University {name}");
        await domains.EditAsync(name, new DomainEdit { CategoryId = 1, OrganisationId = organisation.Id, IsFlagged = true, FlagSource = "a reader" }, Operator.CommandLine, Cancel);
        return name;
    }
}
