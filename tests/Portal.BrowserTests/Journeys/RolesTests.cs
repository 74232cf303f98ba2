using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class RolesTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private IRoleAdmin Roles => Host.Services.GetRequiredService<IRoleAdmin>();

    [Fact]
    [Trait("ASVS", "8.3.2")]
    public async Task Who_loses_the_administration_while_looking_at_roles_is_shown_them_no_longer()
    {
        Tolerate("status of 403");
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var tab = await OpenAsync(admin, PortalUrls.AdminRolesPath);
        await Expect(tab.GetByRole(AriaRole.Table, new() { Name = "Roles" })).ToBeVisibleAsync();

        Assert.IsType<AdminOutcome.Done>(await Roles.RemoveAsync(admin.Email, RoleNames.Administrator, Operator.CommandLine, Cancel));

        await Expect(tab.GetByRole(AriaRole.Table, new() { Name = "Roles" })).ToHaveCountAsync(0);
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync("Roles");
        await Expect(tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_person_is_found_and_added_by_the_keyboard_and_their_open_page_follows()
    {
        // Few administrators, so that all stand on one page.
        await StartPortalAsync();
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var somebody = await Host.CreateUserAsync($"zz-found-{Guid.CreateVersion7():N}@example.org");
        var theirs = await OpenSessionsAsync(somebody, Device.Firefox);
        var tab = await OpenAsync(admin, PortalUrls.AdminRole("admin"));

        var box = tab.GetByRole(AriaRole.Combobox, new() { Name = "Add a person" });
        await box.FocusAsync();
        await box.PressSequentiallyAsync(somebody.Email[..^4].ToUpperInvariant());
        var option = tab.GetByRole(AriaRole.Option, new() { Name = somebody.Email });
        await Expect(option).ToBeVisibleAsync();
        await Expect(box).ToHaveAttributeAsync("aria-expanded", "true");
        await tab.Keyboard.PressAsync("ArrowDown");
        await Expect(box).ToHaveAttributeAsync("aria-activedescendant", await option.GetAttributeAsync("id") ?? "");
        await Expect(option).ToHaveAttributeAsync("aria-selected", "true");
        await tab.Keyboard.PressAsync("Enter");

        await Expect(tab.GetByRole(AriaRole.Table, new() { Name = "People" }).GetByRole(AriaRole.Rowheader, new() { Name = somebody.Email })).ToBeVisibleAsync();
        await Expect(box).ToBeFocusedAsync();
        await Expect(box).ToHaveValueAsync("");
        await Expect(theirs.Tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToBeVisibleAsync();

        await tab.GetByRole(AriaRole.Button, new() { Name = $"Remove {somebody.Email}" }).ClickAsync();
        var question = tab.GetByRole(AriaRole.Dialog);
        await Expect(question).ToContainTextAsync(somebody.Email);
        await question.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(theirs.Tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_role_is_made_changed_and_deleted_after_saying_how_many_have_it()
    {
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var name = $"role-{Guid.CreateVersion7():N}";
        var tab = await OpenAsync(admin, PortalUrls.AdminRolesPath);

        await tab.GetByRole(AriaRole.Button, new() { Name = "New role" }).ClickAsync();
        var dialog = tab.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("1 to 80");
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);

        await Roles.AddAsync(admin.Email, name, Operator.CommandLine, Cancel);
        await Expect(tab.GetByRole(AriaRole.Rowheader, new() { Name = admin.Email })).ToBeVisibleAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await dialog.GetByLabel("What it is for (optional)").FillAsync("For a while.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(tab.GetByText("For a while.")).ToBeVisibleAsync();

        await tab.GetByRole(AriaRole.Button, new() { Name = "Delete role" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("One person will lose it");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete role" }).ClickAsync();
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AdminRolesPath).ToString());
        Assert.Null(await Roles.FindAsync(name, Cancel));
    }

    [Fact]
    public async Task What_another_operator_changed_of_a_role_meanwhile_is_merged_or_asked_for_and_nothing_typed_is_lost()
    {
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var name = $"role-{Guid.CreateVersion7():N}";
        await Roles.CreateAsync(name, "At first.", Operator.CommandLine, Cancel);
        var id = $"{(await Roles.FindAsync(name, Cancel))!.Role.Id}";
        var tab = await OpenAsync(admin, PortalUrls.AdminRole(id));
        var description = tab.GetByLabel("What it is for (optional)");
        var save = tab.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true });

        await tab.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await Roles.EditAsync(id, new RoleEdit(null, "Theirs.", null), Operator.CommandLine, Cancel);
        await description.FillAsync("Mine.");
        await save.ClickAsync();
        await Expect(tab.GetByText("There now: “Theirs.”")).ToBeVisibleAsync();
        await Expect(tab.GetByText("Yours: “Mine.”")).ToBeVisibleAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Keep editing" }).ClickAsync();
        await Expect(description).ToHaveValueAsync("Mine.");
        await save.ClickAsync();
        await tab.GetByText("Yours: “Mine.”").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save these" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Main).GetByText("Mine.")).ToBeVisibleAsync();

        // What only they changed stays beside what only this one did.
        await tab.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await Roles.EditAsync(id, new RoleEdit($"{name}-theirs", null), Operator.CommandLine, Cancel);
        await description.FillAsync("Mine again.");
        await save.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{name}-theirs");
        await Expect(tab.GetByRole(AriaRole.Main).GetByText("Mine again.")).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_becomes_of_roles_elsewhere_is_seen_in_their_list_and_on_their_page()
    {
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var name = $"role-{Guid.CreateVersion7():N}";
        var list = await OpenAsync(admin, $"{PortalUrls.AdminRolesPath}?q={name}");
        await Expect(list.GetByText("No role's name begins so.")).ToBeVisibleAsync();

        await Roles.CreateAsync(name, null, Operator.CommandLine, Cancel);
        await Expect(list.GetByRole(AriaRole.Rowheader, new() { Name = name })).ToBeVisibleAsync();
        var page = await OpenAsync(admin, PortalUrls.AdminRole($"{(await Roles.FindAsync(name, Cancel))!.Role.Id}"));
        await Roles.EditAsync(name, new RoleEdit(null, "For a while."), Operator.CommandLine, Cancel);
        await Expect(list.GetByText("For a while.")).ToBeVisibleAsync();
        await Expect(page.GetByText("For a while.")).ToBeVisibleAsync();

        await Roles.DeleteAsync(name, Operator.CommandLine, cancellationToken: Cancel);
        await Expect(list.GetByText("No role's name begins so.")).ToBeVisibleAsync();
        await Expect(page.GetByText("There is no such role, or no longer.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_role_that_was_changed_while_the_question_was_open_is_not_deleted_unseen()
    {
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var name = $"role-{Guid.CreateVersion7():N}";
        await Roles.CreateAsync(name, null, Operator.CommandLine, Cancel);
        var tab = await OpenAsync(admin, PortalUrls.AdminRole($"{(await Roles.FindAsync(name, Cancel))!.Role.Id}"));
        var delete = tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete role" });

        await tab.GetByRole(AriaRole.Button, new() { Name = "Delete role" }).ClickAsync();
        await Expect(delete).ToBeVisibleAsync();
        await Roles.EditAsync(name, new RoleEdit(null, "Needed after all."), Operator.CommandLine, Cancel);
        await delete.ClickAsync();

        await Expect(tab.Alert()).ToContainTextAsync("Somebody else changed this meanwhile.");
        await Expect(tab.GetByText("Needed after all.")).ToBeVisibleAsync();
        Assert.NotNull(await Roles.FindAsync(name, Cancel));
        await tab.GetByRole(AriaRole.Button, new() { Name = "Delete role" }).ClickAsync();
        await delete.ClickAsync();
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AdminRolesPath).ToString());
    }

    [Fact]
    public async Task The_administrators_role_offers_neither_edit_nor_deletion()
    {
        var tab = await OpenAsync(await Host.CreateUserAsync(roles: RoleNames.Administrator), PortalUrls.AdminRole("admin"));

        await Expect(tab.GetByText("The portal relies on this role")).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Delete role" })).ToHaveCountAsync(0);
        await Expect(tab.GetByRole(AriaRole.Combobox)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_role_that_another_system_provides_is_shown_with_its_people_and_offers_nothing()
    {
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var name = $"role-{Guid.CreateVersion7():N}";
        await Roles.CreateAsync(name, null, Operator.CommandLine, Cancel);
        await Roles.AddAsync(admin.Email, name, Operator.CommandLine, Cancel);
        await using (var context = await Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel))
        {
            await context.Roles.Where(role => role.Name == name).ExecuteUpdateAsync(row => row.SetProperty(role => role.IsManaged, false), Cancel);
        }

        var tab = await (await SignedInProfileAsync(admin)).NewPageAsync();
        // Nothing to press, by which its circuit could be told; what cannot be pressed yet would stand there all the same.
        await tab.GotoAsync(PortalUrls.AdminRole($"{(await Roles.FindAsync(name, Cancel))!.Role.Id}"));

        var main = tab.GetByRole(AriaRole.Main);
        await Expect(main.GetByRole(AriaRole.Rowheader, new() { Name = admin.Email })).ToBeVisibleAsync();
        await Expect(main).ToContainTextAsync("Another system provides this role");
        await Expect(main.GetByRole(AriaRole.Combobox)).ToHaveCountAsync(0);
        foreach (var offer in new[] { "Edit", "Delete role", $"Remove {admin.Email}" })
        {
            await Expect(main.GetByRole(AriaRole.Button, new() { Name = offer, Exact = true })).ToHaveCountAsync(0);
        }
    }

    private async Task<IPage> OpenAsync(TestUser admin, string path)
    {
        var tab = await (await SignedInProfileAsync(admin)).NewPageAsync();
        await tab.GotoAsync(path);
        await Circuit.IsOpenAsync(tab);
        return tab;
    }
}
