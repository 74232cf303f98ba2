using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Administration;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class BlockingDomainTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    [Trait("ASVS", "7.4.2")]
    public async Task Blocking_a_domain_takes_the_open_pages_of_its_people_away_and_of_nobody_else()
    {
        var domain = $"shady-{Guid.CreateVersion7():N}.example";
        var (one, two, other) = (await Host.CreateUserAsync($"one@{domain}"), await Host.CreateUserAsync($"two@mail.{domain}"), await Host.CreateUserAsync());
        var first = await OpenSessionsAsync(one, Device.Firefox);
        var second = await OpenSessionsAsync(two, Device.Phone);
        var bystander = await OpenSessionsAsync(other, Device.Edge);
        var admin = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"))).NewPageAsync();

        await admin.GotoAsync(PortalUrls.AdminDomain(domain));
        await admin.GetByRole(AriaRole.Button, new() { Name = "Block", Exact = true }).ClickAsync();
        var question = admin.GetByRole(AriaRole.Dialog);
        await Expect(question).ToContainTextAsync("Blocks 2 people and ends 2 sessions of 2 people, 2 of them online now.");
        await question.GetByRole(AriaRole.Button, new() { Name = "Block" }).ClickAsync();

        await first.LeftBecauseAsync("blocked", "This account was blocked");
        await second.LeftBecauseAsync("blocked", "This account was blocked");
        await Expect(admin.GetByText("2 sessions ended.")).ToBeVisibleAsync();
        await Expect(admin.GetByText("1 blocked; without those of subdomains")).ToBeVisibleAsync();
        await bystander.IsLiveAsync();
    }

    [Fact]
    public async Task A_domain_about_which_something_was_decided_while_the_question_was_open_is_not_deleted_unseen()
    {
        var domains = Host.Services.GetRequiredService<IDomainAdmin>();
        var domain = $"empty-{Guid.CreateVersion7():N}.example";
        await domains.CreateAsync(domain, Operator.CommandLine, Cancel);
        var admin = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"))).NewPageAsync();
        await admin.GotoAsync(PortalUrls.AdminDomain(domain));
        var delete = admin.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true });

        await admin.GetByRole(AriaRole.Button, new() { Name = $"Delete {domain}" }).ClickAsync();
        await Expect(delete).ToBeVisibleAsync();
        await domains.SetAsync(domain, "blocked", Operator.CommandLine, Cancel);
        await delete.ClickAsync();

        await Expect(admin.Alert()).ToContainTextAsync("Somebody else changed this meanwhile.");
        await Expect(admin.GetByText("Refused: nobody registers with an address of it")).ToBeVisibleAsync();
        Assert.Equal("blocked", (await domains.FindAsync(domain, Cancel))?.Status);
    }

    [Fact]
    public async Task A_list_of_domains_is_searched_narrowed_and_gone_back_to_by_its_address()
    {
        var mark = Guid.CreateVersion7().ToString("N");
        await Host.CreateUserAsync($"one@a-{mark}.example");
        await Host.CreateUserAsync($"two@b-{mark}.example");
        var admin = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"))).NewPageAsync();

        await admin.GotoAsync(PortalUrls.AdminDomainsPath);
        await Circuit.IsOpenAsync(admin);
        await admin.GetByRole(AriaRole.Searchbox).FillAsync(mark);
        var rows = admin.GetByRole(AriaRole.Table, new() { Name = "Domains" }).GetByRole(AriaRole.Rowheader);
        await Expect(rows).ToHaveTextAsync([$"a-{mark}.example", $"b-{mark}.example"]);
        Assert.Contains($"q={mark}", admin.Url, StringComparison.Ordinal);

        await admin.GetByRole(AriaRole.Link, new() { Name = "Blocked" }).First.ClickAsync();
        await Expect(admin.GetByText("No domain matches.")).ToBeVisibleAsync();
        await admin.GoBackAsync();
        await Expect(rows).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_list_of_domains_is_narrowed_by_what_they_are_labelled_with()
    {
        var (domains, labels) = (Host.Services.GetRequiredService<IDomainAdmin>(), Host.Services.GetRequiredService<IDomainLabelAdmin>());
        var mark = Guid.CreateVersion7().ToString("N");
        await labels.AddCategoryAsync($"c-{mark}", Operator.CommandLine, Cancel);
        var category = (await labels.ListAsync(Cancel)).Categories.Single(known => known.Name == $"c-{mark}").Id;
        var organisation = Assert.IsType<AdminOutcome.Done>(await labels.AddOrganisationAsync(new OrganisationEdit($"University {mark}"), Operator.CommandLine, Cancel)).MadeId;
        foreach (var (name, edit) in new[]
        {
            ("a", new DomainEdit { CategoryId = category, OrganisationId = organisation }),
            ("b", new DomainEdit { CategoryId = category }),
            ("c", new DomainEdit { OrganisationId = organisation }),
        })
        {
            await domains.CreateAsync($"{name}-{mark}.example", Operator.CommandLine, Cancel);
            await domains.EditAsync($"{name}-{mark}.example", edit, Operator.CommandLine, Cancel);
        }

        var admin = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"))).NewPageAsync();
        await admin.GotoAsync($"{PortalUrls.AdminDomainsPath}?q={mark}");
        await Circuit.IsOpenAsync(admin);
        var rows = admin.GetByRole(AriaRole.Table, new() { Name = "Domains" }).GetByRole(AriaRole.Rowheader);
        await Expect(rows).ToHaveTextAsync([$"a-{mark}.example", $"b-{mark}.example", $"c-{mark}.example"]);

        await admin.GetByLabel("Category").SelectOptionAsync(new SelectOptionValue { Label = $"c-{mark}" });
        await Expect(rows).ToHaveTextAsync([$"a-{mark}.example", $"b-{mark}.example"]);
        await admin.GetByLabel("Organisation").SelectOptionAsync(new SelectOptionValue { Label = $"University {mark}" });
        await Expect(rows).ToHaveTextAsync([$"a-{mark}.example"]);
        await admin.ReloadAsync();
        await Circuit.IsOpenAsync(admin);
        await Expect(rows).ToHaveTextAsync([$"a-{mark}.example"]);
        await Expect(admin.GetByLabel("Category")).ToHaveValueAsync($"{category}");
        await admin.GoBackAsync();
        await Expect(rows).ToHaveTextAsync([$"a-{mark}.example", $"b-{mark}.example"]);
        await Expect(admin.GetByLabel("Organisation")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_narrows_a_list_of_domains_is_equally_wide_whatever_it_holds()
    {
        var labels = Host.Services.GetRequiredService<IDomainLabelAdmin>();
        await labels.AddOrganisationAsync(new OrganisationEdit($"University {Guid.CreateVersion7():N}"), Operator.CommandLine, Cancel);
        var tab = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"), configure: options => options.ViewportSize = new() { Width = Accessibility.Phone, Height = 780 })).NewPageAsync();
        await tab.GotoAsync(PortalUrls.AdminDomainsPath);
        await Circuit.IsOpenAsync(tab);
        var form = tab.GetByRole(AriaRole.Form, new() { Name = "Labels" });
        var widths = await Task.WhenAll(new[] { form, form.GetByLabel("Category"), form.GetByLabel("Organisation") }.Select(async part => (await part.BoundingBoxAsync())?.Width));

        Assert.All(widths, width => Assert.Equal(widths[0], width));
    }
}
