using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Users;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

public sealed class DomainListsTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IDomainAdmin Domains => _host.Get<IDomainAdmin>();

    private IDomainLabelAdmin Labels => _host.Get<IDomainLabelAdmin>();

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_list_is_narrowed_sorted_counted_and_paged_by_place()
    {
        foreach (var (name, status) in new[] { ("c.example", "blocked"), ("a.example", "verified"), ("b.example", "blocked"), ("d.example", "new") })
        {
            await Domains.SetAsync(name, status, Operator.CommandLine, Token);
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await Domains.ListAsync(new DomainFilter(), DomainSort.Name, isDescending: true, new ListWindow { Size = 3 }, Token);
        var second = await Domains.ListAsync(new DomainFilter(), DomainSort.Name, isDescending: true, new ListWindow { Size = 3, After = first.Page.Next }, Token);
        Assert.Equal(["d.example", "c.example", "b.example"], Names(first));
        Assert.Equal(["a.example"], Names(second));
        Assert.Equal((4, 2L, 1L, 0L), (first.All.Count, first.ByStatus["blocked"].Count, first.ByStatus["verified"].Count, first.Flagged.Count));
        Assert.Equal(["b.example", "c.example"], Names(await Domains.ListAsync(new DomainFilter { Status = "blocked" }, cancellationToken: Token)));
        Assert.Equal(["c.example", "a.example", "b.example", "d.example"], Names(await Domains.ListAsync(new DomainFilter(), DomainSort.Created, cancellationToken: Token)));
        Assert.Equal(["a.example"], Names(await Domains.ListAsync(new DomainFilter { Search = "A.EX" }, cancellationToken: Token)));
        Assert.Empty(Names(await Domains.ListAsync(new DomainFilter { Status = "forbidden" }, cancellationToken: Token)));
    }

    [Fact]
    public async Task Those_with_most_people_come_first_or_last_page_by_page_and_of_equals_the_one_listed_first_before()
    {
        foreach (var name in new[] { "none.example", "two.example", "nobody.example" })
        {
            await Domains.CreateAsync(name, Operator.CommandLine, Token);
        }

        foreach (var email in new[] { "a@three.example", "b@three.example", "c@three.example", "a@two.example", "b@two.example", "a@one.example" })
        {
            await _host.CreateUserAsync(email, isActive: email[0] != 'b');
        }

        var first = await ByPeopleAsync(new ListWindow { Size = 2 }, isDescending: true);
        var second = await ByPeopleAsync(new ListWindow { Size = 2, After = first.Page.Next }, isDescending: true);
        var third = await ByPeopleAsync(new ListWindow { Size = 2, After = second.Page.Next }, isDescending: true);
        var back = await ByPeopleAsync(new ListWindow { Size = 2, Before = third.Page.Previous }, isDescending: true);

        Assert.Equal([["three.example", "two.example"], ["one.example", "nobody.example"], ["none.example"]], [Names(first), Names(second), Names(third)]);
        Assert.Equal(Names(second), Names(back));
        Assert.Null(third.Page.Next);
        Assert.Equal(["none.example", "nobody.example", "one.example", "two.example", "three.example"], Names(await ByPeopleAsync(new ListWindow(), isDescending: false)));
        Assert.Equal(["two.example"], Names(await Domains.ListAsync(new DomainFilter { Search = "two" }, DomainSort.Users, cancellationToken: Token)));

        Task<DomainList> ByPeopleAsync(ListWindow window, bool isDescending) => Domains.ListAsync(new DomainFilter(), DomainSort.Users, isDescending, window, Token);
    }

    [Fact]
    public async Task A_domain_tells_its_people_category_organisation_and_flag()
    {
        await _host.CreateUserAsync("one@lab.example");
        await _host.CreateUserAsync("two@lab.example", isActive: false);
        await Labels.AddOrganisationAsync(new OrganisationEdit("University"), Operator.CommandLine, Token);
        var university = Assert.Single((await Labels.ListAsync(Token)).Organisations);
        await Labels.AddOrganisationAsync(new OrganisationEdit("Laboratory", university.Id, "https://ror.org/1"), Operator.CommandLine, Token);
        var labels = await Labels.ListAsync(Token);
        var (laboratory, company) = (labels.Organisations.Single(found => found.Name == "Laboratory"), labels.Categories.Single(found => found.Name == "company"));

        var edit = new DomainEdit { CategoryId = company.Id, OrganisationId = laboratory.Id, IsFlagged = true, FlagSource = "a list of throw-away mailboxes" };
        Assert.IsType<AdminOutcome.Done>(await Domains.EditAsync("lab.example", edit, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Unchanged>(await Domains.EditAsync("lab.example", edit, Operator.CommandLine, Token));

        var domain = (await Domains.FindAsync("LAB.example", Token))!;
        Assert.Equal(("company", "a list of throw-away mailboxes", true), (domain.Category?.Name, domain.FlagSource, domain.IsFlagged));
        Assert.Equal(["University", "Laboratory"], domain.Organisation!.Path);
        Assert.Equal(new UserCountInfo(2, 1, 1, 2, 0, 0, 0), domain.Users);
        Assert.Equal(["lab.example"], Names(await Domains.ListAsync(new DomainFilter { IsFlagged = true, OrganisationId = laboratory.Id, CategoryId = company.Id }, cancellationToken: Token)));
    }

    [Fact]
    public async Task Only_a_domain_without_people_is_deleted()
    {
        await _host.CreateUserAsync("one@lived-in.example");
        await Domains.CreateAsync("empty.example", Operator.CommandLine, Token);

        Assert.IsType<AdminOutcome.Refused>(await Domains.DeleteAsync("lived-in.example", Operator.CommandLine, cancellationToken: Token));
        Assert.IsType<AdminOutcome.Done>(await Domains.DeleteAsync("empty.example", Operator.CommandLine, cancellationToken: Token));
        Assert.IsType<AdminOutcome.NotFound>(await Domains.DeleteAsync("empty.example", Operator.CommandLine, cancellationToken: Token));
        Assert.Equal(["lived-in.example"], Names(await Domains.ListAsync(new DomainFilter(), cancellationToken: Token)));
    }

    [Fact]
    public async Task Organisations_stay_a_tree_and_leave_their_domains_behind()
    {
        await Labels.AddOrganisationAsync(new OrganisationEdit("A"), Operator.CommandLine, Token);
        var a = (await Labels.ListAsync(Token)).Organisations.Single();
        await Labels.AddOrganisationAsync(new OrganisationEdit("B", a.Id), Operator.CommandLine, Token);
        var b = (await Labels.ListAsync(Token)).Organisations.Single(found => found.Name == "B");
        await Domains.CreateAsync("b.example", Operator.CommandLine, Token);
        await Domains.EditAsync("b.example", new DomainEdit { OrganisationId = b.Id }, Operator.CommandLine, Token);

        Assert.IsType<AdminOutcome.Refused>(await Labels.EditOrganisationAsync(a.Id, new OrganisationEdit("A", b.Id), Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await Labels.EditOrganisationAsync(a.Id, new OrganisationEdit("A", a.Id), Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await Labels.DeleteOrganisationAsync(a.Id, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Done>(await Labels.EditOrganisationAsync(b.Id, new OrganisationEdit("B"), Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Done>(await Labels.DeleteOrganisationAsync(b.Id, Operator.CommandLine, Token));
        Assert.Null((await Domains.FindAsync("b.example", Token))!.Organisation);
    }

    [Fact]
    public async Task Categories_are_a_list_of_ones_own()
    {
        Assert.Equal(["company", "mail-provider", "organization", "spammer"], (await Labels.ListAsync(Token)).Categories.Select(category => category.Name));

        Assert.IsType<AdminOutcome.Done>(await Labels.AddCategoryAsync("school", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Unchanged>(await Labels.AddCategoryAsync("school", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await Labels.AddCategoryAsync("A School!", Operator.CommandLine, Token));
        var school = (await Labels.ListAsync(Token)).Categories.Single(category => category.Name == "school");
        Assert.IsType<AdminOutcome.Done>(await Labels.DeleteCategoryAsync(school.Id, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.NotFound>(await Labels.DeleteCategoryAsync(school.Id, Operator.CommandLine, Token));
    }

    [Fact]
    [Trait("ASVS", "8.3.1")]
    public async Task Whoever_does_not_administer_changes_no_domain_and_no_label()
    {
        await Domains.CreateAsync("example.net", Operator.CommandLine, Token);
        var by = await _host.OperatorAsync(await _host.CreateUserAsync());

        Assert.All(
            [
                await Domains.EditAsync("example.net", new DomainEdit { IsFlagged = true }, by, Token),
                await Domains.DeleteAsync("example.net", by, cancellationToken: Token),
                await Labels.AddCategoryAsync("school", by, Token),
                await Labels.DeleteCategoryAsync(1, by, Token),
                await Labels.AddOrganisationAsync(new OrganisationEdit("A"), by, Token),
                await Labels.EditOrganisationAsync(1, new OrganisationEdit("A"), by, Token),
                await Labels.DeleteOrganisationAsync(1, by, Token),
            ],
            outcome => Assert.IsType<AdminOutcome.NotAllowed>(outcome));
    }

    private static IEnumerable<string> Names(DomainList list) => list.Page.Results.Select(domain => domain.Name);
}
