using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Api;

namespace Portal.Tests.Web.Api;

/// <summary>What all lists below <c>/api/admin</c> have in common, whatever they list.</summary>
public sealed class AdminListsTests(AdminListsTests.Site host) : IClassFixture<AdminListsTests.Site>, IAsyncLifetime
{
    private const int Made = 3;

    private HttpClient _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each with a filter that leaves what was made here, where its sort leads, and what tells its rows apart.</summary>
    public static TheoryData<string, string, string> Lists => new()
    {
        { "users?domain=lists.example", "email", "id" },
        { "roles?q=list-", "name", "name" },
        { "sessions?browser=Firefox", "created", "id" },
        { "domains?q=.lists.example", "name", "name" },
        { "domains?q=.lists.example", "users", "name" },
        { "identities?method=lists", "external_id", "id" },
        { "mails?q=person", "created", "id" },
        { "events?kind=role-given", "at", "id" },
    };

    public async ValueTask InitializeAsync()
    {
        const string Email = "lists@example.net";
        var (users, roles, domains) = (
            host.Services.GetRequiredService<IUserAdmin>(), host.Services.GetRequiredService<IRoleAdmin>(), host.Services.GetRequiredService<IDomainAdmin>());
        if (await users.FindAsync(Email, Token) is null)
        {
            await host.MakeUserAsync(Email);
            await roles.AddAsync(Email, RoleNames.Administrator, Operator.CommandLine, Token);
            for (var number = 1; number <= Made; number++)
            {
                var person = await host.MakeUserAsync($"person{number}@lists.example");
                await roles.CreateAsync($"list-{number}", null, Operator.CommandLine, Token);
                await roles.AddAsync(person.Email, $"list-{number}", Operator.CommandLine, Token);
                await domains.CreateAsync($"d{number}.lists.example", Operator.CommandLine, Token);
                await users.SendResetAsync(person.Email, Operator.CommandLine, Token);
                (await host.SignedInAsync(person.Email)).Dispose();
                await using var context = await host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
                context.UserLogins.Add(new UserIdentity { UserId = person.Id, LoginProvider = "lists", ProviderKey = $"key-{number}" });
                await context.SaveChangesAsync(Token);
            }
        }

        _admin = await host.SignedInAsync(Email);
    }

    public ValueTask DisposeAsync()
    {
        _admin.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_is_sorted_both_ways_and_goes_on_by_page_and_by_place(string list, string sort, string id)
    {
        var (up, down) = (await ReadAsync($"{list}&sort={sort}&size=200"), await ReadAsync($"{list}&sort=-{sort}&size=200"));

        Assert.InRange(up.Ids.Count, Made, 199);
        Assert.Equal(up.Ids.Reverse(), down.Ids);
        Assert.Equal((up.Ids.Count, true, null), (up.Total, up.IsExact, up.Next));
        foreach (var (order, whole) in new[] { (sort, up.Ids), ($"-{sort}", down.Ids) })
        {
            var first = await ReadAsync($"{list}&sort={order}&size=2");
            var byPlace = await ReadAsync($"{list}&sort={order}&size=2&after={first.Next}");
            var byNumber = await ReadAsync($"{list}&sort={order}&size=2&page=2");
            Assert.Equal(whole.Take(2), first.Ids);
            Assert.Equal(whole.Skip(2).Take(2), byPlace.Ids);
            Assert.Equal(byPlace.Ids, byNumber.Ids);
        }

        async Task<(IReadOnlyList<string> Ids, int Total, bool IsExact, string? Next)> ReadAsync(string query)
        {
            var page = await (await _admin.GetAsync($"/api/admin/{query}", Token)).ReadAsync(HttpStatusCode.OK);
            return (
                [.. page.GetProperty("results").EnumerateArray().Select(row => row.GetProperty(id).ToString())],
                page.GetProperty("total").GetInt32(),
                page.GetProperty("total_is_exact").GetBoolean(),
                page.GetProperty("next").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task What_a_list_cannot_do_is_told_by_the_parameters_name(string list, string sort, string id)
    {
        Assert.NotEmpty(sort + id);
        var fields = await (await _admin.GetAsync($"/api/admin/{list}&sort=shoe-size&size=201&page=0", Token)).ReadFieldsAsync();

        Assert.Equal(["page", "size", "sort"], fields.Order());
        Assert.Equal(["page"], await (await _admin.GetAsync($"/api/admin/{list}&size=100&page=102", Token)).ReadFieldsAsync());
        Assert.Equal(["after"], await (await _admin.GetAsync($"/api/admin/{list}&page=2&after=shortened", Token)).ReadFieldsAsync());
    }

    [Theory]
    [InlineData("admin/users", "stat", "blocked")]
    [InlineData("admin/users/1", "include", "roles")]
    [InlineData("admin/events", "kinds", "signed-in")]
    [InlineData("admin/sessions", "person", "1")]
    [InlineData("admin/organisations", "q", "physics")]
    [InlineData("events", "from", "2026-01-31")]
    [InlineData("sessions", "online", "true")]
    public async Task A_misspelt_filter_is_told_and_lists_nobody(string list, string parameter, string value)
    {
        var answer = await (await _admin.GetAsync($"/api/{list}?{parameter}={value}", Token)).ReadAsync(HttpStatusCode.BadRequest);

        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal(parameter, error.GetProperty("field").GetString());
        Assert.StartsWith($"There is no parameter \"{parameter}\" here.", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Every_list_says_in_the_document_that_it_refuses_what_means_nothing()
    {
        var document = await (await _admin.GetAsync("/openapi/v1.json", Token)).ReadAsync(HttpStatusCode.OK);

        var reads = document.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _)).ToList();
        Assert.Contains(reads, path => path.Name == "/api/sessions");
        Assert.All(reads, path => Assert.Contains("means nothing here", path.Value.GetProperty("get").GetProperty("responses").GetProperty("400").GetProperty("description").GetString()));
    }

    [Fact]
    public async Task Events_are_sought_by_whose_account_it_is()
    {
        var person = await host.Services.GetRequiredService<IUserAdmin>().FindAsync("person1@lists.example", Token);

        var found = await (await _admin.GetAsync("/api/admin/events?q=person1@lists.example&size=200", Token)).ReadAsync(HttpStatusCode.OK);

        Assert.NotEmpty(found.GetProperty("results").EnumerateArray());
        Assert.All(found.GetProperty("results").EnumerateArray(), happened => Assert.Equal(person!.Id, happened.GetProperty("subject").GetProperty("id").GetInt64()));
        Assert.Equal(["q"], await (await _admin.GetAsync("/api/admin/events?q=nobody", Token)).ReadFieldsAsync());
    }

    [Fact]
    public async Task A_mail_that_waits_is_tried_and_dropped_and_stays_listed()
    {
        var mail = (await (await _admin.GetAsync("/api/admin/mails?q=person1@&state=waiting", Token)).ReadAsync(HttpStatusCode.OK)).GetProperty("results")[0];
        var address = $"/api/admin/mails/{mail.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture)}";

        var retried = await (await _admin.PostAsync($"{address}/retry", null, Token)).ReadAsync(HttpStatusCode.OK);
        var dropped = await (await _admin.PostAsync($"{address}/drop", null, Token)).ReadAsync(HttpStatusCode.OK);

        Assert.Equal(("waiting", "givenup"), (retried.GetProperty("state").GetString(), dropped.GetProperty("state").GetString()));
        Assert.Equal(dropped.GetRawText(), (await (await _admin.GetAsync(address, Token)).ReadAsync(HttpStatusCode.OK)).GetRawText());
        Assert.Equal(["mail"], await (await _admin.PostAsync($"{address}/drop", null, Token)).ReadFieldsAsync());
        Assert.Equal(["state"], await (await _admin.GetAsync("/api/admin/mails?state=lost", Token)).ReadFieldsAsync());
        await (await _admin.GetAsync("/api/admin/mails/0", Token)).ReadProblemAsync(HttpStatusCode.NotFound);
        await (await _admin.PostAsync("/api/admin/mails/x/retry", null, Token)).ReadProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Where_counting_stopped_the_answer_says_so()
    {
        var page = new ListPage<int>([], ListTotal.Counted(ListTotal.Most + 1), Next: null, Previous: null);

        var answer = PageAnswer<AdminMailsApi.AdminMail>.Of(page, _ => throw new InvalidOperationException());

        Assert.Equal((ListTotal.Most, false), (answer.Total, answer.TotalIsExact));
    }

    /// <summary>Mails stay in its outbox, to be listed.</summary>
    public sealed class Site() : ApiHost(options => options.ConfigureServices = services => services.RemoveHosted(typeof(MailSender)));
}
