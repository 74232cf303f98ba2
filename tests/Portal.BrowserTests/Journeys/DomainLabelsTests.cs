using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Administration;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class DomainLabelsTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private IDomainLabelAdmin Labels => Host.Services.GetRequiredService<IDomainLabelAdmin>();

    [Fact]
    public async Task Categories_and_organisations_are_added_changed_and_deleted()
    {
        var mark = Guid.CreateVersion7().ToString("N");
        var tab = await OpenAsync();

        await tab.GetByLabel("New category").FillAsync("No Category");
        await Press(tab, "Add category");
        await Expect(tab.Alert()).ToContainTextAsync("lower-case letters, digits and hyphens");
        await tab.GetByLabel("New category").FillAsync($"c-{mark}");
        await Press(tab, "Add category");
        await Expect(tab.GetByRole(AriaRole.List, new() { Name = "Categories" })).ToContainTextAsync($"c-{mark}");
        await Expect(tab.GetByLabel("New category")).ToHaveValueAsync("");
        await DeleteAsync(tab, $"c-{mark}", "Domains of this category have none then.");
        await Expect(tab.GetByRole(AriaRole.List, new() { Name = "Categories" })).Not.ToContainTextAsync($"c-{mark}");

        await tab.GetByLabel("Name", new() { Exact = true }).FillAsync($"University {mark}");
        await Press(tab, "Add organisation");
        await Expect(tab.GetByText($"Saved University {mark}.")).ToBeVisibleAsync();
        await tab.GetByLabel("Name", new() { Exact = true }).FillAsync($"Library {mark}");
        await tab.GetByLabel("Part of").SelectOptionAsync(new SelectOptionValue { Label = $"University {mark}" });
        await Press(tab, "Add organisation");
        var organisations = tab.GetByRole(AriaRole.List, new() { Name = "Organisations" });
        await Expect(organisations).ToContainTextAsync($"University {mark} / Library {mark}");

        await Press(tab, $"Edit University {mark} / Library {mark}");
        await tab.GetByLabel("Identifier (optional)").FillAsync($"https://ror.org/{mark}");
        await Press(tab, "Save organisation");
        await Expect(organisations).ToContainTextAsync($"https://ror.org/{mark}");
        await DeleteAsync(tab, $"University {mark} / Library {mark}", "Domains of this organisation have none then.");
        await Expect(organisations).Not.ToContainTextAsync($"Library {mark}");
        await DeleteAsync(tab, $"University {mark}", "Domains of this organisation have none then.");
        await Expect(organisations).Not.ToContainTextAsync(mark);
    }

    [Fact]
    public async Task What_another_operator_changed_of_an_organisation_meanwhile_is_asked_for_and_nothing_typed_is_lost()
    {
        var mark = Guid.CreateVersion7().ToString("N");
        var id = Assert.IsType<AdminOutcome.Done>(await Labels.AddOrganisationAsync(new OrganisationEdit($"First {mark}"), Operator.CommandLine, Cancel)).MadeId!.Value;
        var tab = await OpenAsync();

        await Press(tab, $"Edit First {mark}");
        await Labels.EditOrganisationAsync(id, new OrganisationEdit($"Theirs {mark}", Identifier: $"ror-{mark}"), Operator.CommandLine, Cancel);
        await Expect(tab.GetByRole(AriaRole.List, new() { Name = "Organisations" })).ToContainTextAsync($"Theirs {mark}");
        await tab.GetByLabel("Name", new() { Exact = true }).FillAsync($"Mine {mark}");
        await Press(tab, "Save organisation");
        await Expect(tab.GetByText($"There now: “Theirs {mark}”")).ToBeVisibleAsync();
        await Press(tab, "Keep editing");
        await Expect(tab.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync($"Mine {mark}");

        await Press(tab, "Save organisation");
        await tab.GetByText($"Yours: “Mine {mark}”").ClickAsync();
        await Press(tab, "Save these");
        await Expect(tab.GetByText($"Saved Mine {mark}.")).ToBeVisibleAsync();
        var saved = (await Labels.ListAsync(Cancel)).Organisations.Single(known => known.Id == id);
        Assert.Equal(($"Mine {mark}", $"ror-{mark}"), (saved.Name, saved.Identifier));
    }

    private static Task Press(IPage tab, string button) => tab.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task DeleteAsync(IPage tab, string label, string said)
    {
        await Press(tab, $"Delete {label}");
        var question = tab.GetByRole(AriaRole.Dialog);
        await Expect(question).ToContainTextAsync(said);
        await question.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
    }

    private async Task<IPage> OpenAsync()
    {
        var tab = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"))).NewPageAsync();
        await tab.GotoAsync(PortalUrls.AdminDomainLabelsPath);
        await Circuit.IsOpenAsync(tab);
        return tab;
    }
}
