using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Testing;
using Portal.Tests.Accounts.Data;
using Portal.Tests.Web.Cli;

namespace Portal.Tests.Accounts.Administration;

/// <summary>More users than are counted: what is found is the same, in an order that can be had in time.</summary>
public sealed class VeryManyUsersTests : IAsyncLifetime
{
    private const int Crowd = ListTotal.Most + 50;

    private readonly CommandCounter counter = new();

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IUserList Users => _host.Get<IUserList>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync(counter.AddTo);
        await _host.CreateUserAsync("first@elsewhere.example", "first");
        await _host.QueryAsync(context => context.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {Crowd})
            INSERT INTO "Users" ("Email", "NormalizedEmail", "UserName", "NormalizedUserName", "Domain", "IsActive", "ConfirmedAt", "VerifiedAt", "EmailConfirmed", "PhoneNumberConfirmed",
                "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount", "Profile", "Preferences", "CreatedAt", "UpdatedAt")
            SELECT lower("Name") || '@crowd.example', "Name" || '@CROWD.EXAMPLE', lower("Name"), "Name", 'crowd.example', 0, 1, 1, 1, 0, 1, 0, 0, '{"{}"}', '{"{}"}', n, n
            FROM (SELECT n, 'MANY' || (n * 7919 % 100003) AS "Name" FROM numbers)
            """, Token));
        await _host.CreateUserAsync("last@crowd.example", "last");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_text_that_very_many_hold_lists_them_by_id_there_and_back()
    {
        var filter = new UserFilter { Text = "crowd" };
        var all = await IdsAsync(context => context.Users.Where(user => user.Domain == "crowd.example").OrderBy(user => user.Id).Select(user => user.Id));

        var first = await ListAsync(filter, new ListWindow { Size = 3 });
        var second = await ListAsync(filter, new ListWindow { Size = 3, After = first.Next });
        var back = await ListAsync(filter, new ListWindow { Size = 3, Before = second.Previous });
        var last = await ListAsync(filter, new ListWindow { Size = 3, IsLast = true });
        var beforeLast = await ListAsync(filter, new ListWindow { Size = 3, Before = last.Previous });

        Assert.Equal((ListTotal.Many, false), (first.Total, first.IsSorted));
        Assert.Null(first.Previous);
        Assert.Equal(all[..3], Ids(first));
        Assert.Equal(all[3..6], Ids(second));
        Assert.Equal(all[..3], Ids(back));
        Assert.Null(last.Next);
        Assert.Equal(all[^3..], Ids(last));
        Assert.Equal(all[^6..^3], Ids(beforeLast));
    }

    [Fact]
    public async Task The_command_line_lists_them_all_or_says_that_it_cannot()
    {
        using var cli = new CommandLine(_host.DataDirectory);

        var all = (await cli.JsonAsync("users", "list", "--query", "crowd")).GetProperty("results").EnumerateArray().Select(user => user.GetProperty("id").GetInt64()).ToList();
        var few = await cli.JsonAsync("users", "list", "--query", "ma", "--limit", "3");

        Assert.Equal(Crowd + 1, all.Distinct().Count());
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Equal(3, few.GetProperty("total").GetInt32());
        Assert.StartsWith("More than 10,000 people begin with this text.", (await cli.RunAsync("users", "list", "--query", "ma")).Failure, StringComparison.Ordinal);
        Assert.Contains("too many to sort", (await cli.RunAsync("users", "list", "--query", "crowd", "--sort", "email")).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_conditions_narrow_what_very_many_hold()
    {
        var active = await ListAsync(new UserFilter { Text = "crowd", State = UserState.Active }, new ListWindow());

        Assert.Equal("last@crowd.example", Assert.Single(active.Results).Email);
        Assert.Equal(new ListTotal(1), active.Total);
    }

    [Fact]
    public async Task Very_many_whom_a_text_leaves_are_not_counted_by_kind_and_those_of_a_domain_are_known()
    {
        Assert.Null(await Users.CountAsync(new UserFilter { Text = "crowd" }, Token));
        Assert.Equal(Crowd, (await Users.CountAsync(new UserFilter { Domain = "crowd.example" }, Token))!.ByState[UserState.Inactive].Count);
    }

    [Fact]
    public async Task So_few_that_other_conditions_leave_are_sorted_as_asked()
    {
        await _host.CreateUserAsync("zoe@crowd.example", "zoe");

        var page = await Users.ListAsync(new UserFilter { Text = "crowd", State = UserState.Active }, UserSort.UserName, isDescending: true, new ListWindow(), Token);

        Assert.True(page.IsSorted);
        Assert.Equal(["zoe", "last"], page.Results.Select(user => user.UserName));
    }

    [Fact]
    public async Task Of_two_letters_that_very_many_begin_with_the_first_are_listed_by_address_there_and_back()
    {
        var all = await IdsAsync(context => context.Users.Where(user => user.NormalizedEmail!.StartsWith("MA")).OrderBy(user => user.NormalizedEmail).Select(user => user.Id).Take(ListTotal.Most));
        var filter = new UserFilter { Text = "ma" };

        var first = await ListAsync(filter, new ListWindow { Size = 5 }, UserSort.Created);
        var second = await ListAsync(filter, new ListWindow { Size = 5, After = first.Next });
        var back = await ListAsync(filter, new ListWindow { Size = 5, Before = second.Previous });
        var last = await ListAsync(filter, new ListWindow { Size = 4, IsLast = true });
        var beforeLast = await ListAsync(filter, new ListWindow { Size = 4, Before = last.Previous });
        var end = await ListAsync(filter, new ListWindow { Size = 4, After = beforeLast.Next });
        var skipped = await ListAsync(filter, new ListWindow { Size = 5, Skip = 5 });
        var elsewhere = await ListAsync(filter, new ListWindow { Size = 5, After = "eyJJZCI6LTF9" });

        Assert.Equal((ListTotal.Many, false), (first.Total, first.IsSorted));
        Assert.Equal(all[..5], Ids(first));
        Assert.Equal(all[5..10], Ids(second));
        Assert.Equal(all[..5], Ids(back));
        Assert.Null(back.Previous);
        Assert.Equal(all[^4..], Ids(last));
        Assert.Null(last.Next);
        Assert.Equal(all[^8..^4], Ids(beforeLast));
        Assert.Equal(all[^4..], Ids(end));
        Assert.Null(end.Next);
        Assert.Equal(all[5..10], Ids(skipped));
        Assert.Equal(all[..5], Ids(elsewhere));
    }

    [Fact]
    public async Task Behind_addresses_that_begin_so_come_usernames_and_then_names_each_person_once()
    {
        await _host.QueryAsync(context => context.Database.ExecuteSqlAsync($"""UPDATE "Users" SET "NormalizedEmail" = 'X' || "NormalizedEmail" WHERE "Id" > 7"""));
        var named = await _host.CreateUserAsync("y@elsewhere.example", "other");
        await _host.QueryAsync(context => context.Database.ExecuteSqlAsync($"""UPDATE "Users" SET "NormalizedFullName" = 'MANY NAMES' WHERE "Id" = {named.Id} OR "Id" < 9""", Token));
        var byAddress = await IdsAsync(context => context.Users.Where(user => user.NormalizedEmail!.StartsWith("MA")).OrderBy(user => user.NormalizedEmail).Select(user => user.Id));
        var byName = await IdsAsync(context => context.Users
            .Where(user => user.NormalizedUserName!.StartsWith("MA") && !user.NormalizedEmail!.StartsWith("MA")).OrderBy(user => user.NormalizedUserName).Select(user => user.Id).Take(3));

        var page = await ListAsync(new UserFilter { Text = "ma" }, new ListWindow { Size = byAddress.Count + 3 });

        Assert.NotEmpty(byAddress);
        Assert.Equal([.. byAddress, .. byName], Ids(page));
        Assert.Equal(Crowd + 2, await _host.QueryAsync(async context =>
            await (await _host.Get<UserFilters>().FindAsync(context, new UserFilter { Text = "ma" }, Token)).Select(user => user.Id).Distinct().CountAsync(Token)));
        Assert.Equal(named.Email, Assert.Single((await ListAsync(new UserFilter { Text = "ma", Domain = "elsewhere.example", State = UserState.Active }, new ListWindow())).Results, user => user.Id == named.Id).Email);
    }

    [Theory]
    [InlineData("crowd")]
    [InlineData("many")]
    [InlineData("ma")]
    public async Task A_page_of_very_many_is_read_without_sorting_them(string text)
    {
        var first = await ListAsync(new UserFilter { Text = text }, new ListWindow());
        counter.Forget();
        await ListAsync(new UserFilter { Text = text }, new ListWindow { After = first.Next });

        Assert.NotEmpty(counter.Commands);
        foreach (var statement in counter.Commands)
        {
            Assert.DoesNotContain(await _host.PlanAsync(statement), step => step.Contains("FOR ORDER BY", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_id_comes_first_of_very_many_whose_texts_hold_its_digits()
    {
        await _host.QueryAsync(context => context.Database.ExecuteSqlAsync(
            $"""UPDATE "Users" SET "NormalizedEmail" = "Id" || '-100@CROWD.EXAMPLE' WHERE "Domain" = 'crowd.example' AND "Id" <> 100""", Token));
        var filter = new UserFilter { Text = "100" };

        var first = await ListAsync(filter, new ListWindow { Size = 3 });
        var second = await ListAsync(filter, new ListWindow { Size = 3, After = first.Next });

        Assert.False(first.Total.IsExact);
        Assert.Equal([100, 2, 3, 4], Ids(first));
        Assert.Equal([5, 6, 7], Ids(second));
        Assert.Equal(1, await _host.QueryAsync(async context =>
            await (await _host.Get<UserFilters>().FindAsync(context, filter, Token)).CountAsync(user => user.Id == 100, Token)));
        Assert.DoesNotContain(100, Ids(await ListAsync(filter with { State = UserState.Active }, new ListWindow { Size = 3 })));
    }

    [Theory]
    [InlineData(UserSort.Email)]
    [InlineData(UserSort.UserName)]
    [InlineData(UserSort.Created)]
    public async Task Very_many_in_a_state_are_sorted_as_asked(UserSort sort)
    {
        UserFilter[] filters = [new() { State = UserState.Inactive }, new() { IsVerified = true }, new() { HasSecondFactor = true }, new() { Domain = "crowd.example", State = UserState.Inactive }];
        var expected = await IdsAsync(context => (sort switch
        {
            UserSort.Email => context.Users.Where(user => !user.IsActive).OrderByDescending(user => user.NormalizedEmail),
            UserSort.UserName => context.Users.Where(user => !user.IsActive).OrderByDescending(user => user.SortUserName),
            _ => context.Users.Where(user => !user.IsActive).OrderByDescending(user => user.CreatedAt),
        }).Select(user => user.Id).Take(4));

        foreach (var filter in filters)
        {
            var page = await Users.ListAsync(filter, sort, isDescending: true, new ListWindow { Size = 4 }, Token);
            Assert.Equal((new ListTotal(Crowd), true), (page.Total, page.IsSorted));
            Assert.Equal(expected, Ids(page));
        }
    }

    [Fact]
    public async Task A_batch_knows_how_many_they_are_and_that_it_looked_at_the_first_ones_only()
    {
        var bulk = _host.Get<IUserBulk>();
        BulkRequest Deactivating(UserFilter filter) => new(BulkAction.Deactivate, new UserSelection.Matching(filter));

        var kept = await bulk.PreviewAsync(Deactivating(new UserFilter { Domain = "crowd.example" }), Operator.CommandLine, Token);
        var uncounted = await bulk.PreviewAsync(Deactivating(new UserFilter { Text = "crowd" }), Operator.CommandLine, Token);
        using var stop = new CancellationTokenSource();
        BulkProgress? told = null;
        await bulk.RunAsync(Deactivating(new UserFilter { Domain = "crowd.example" }), Operator.CommandLine, new Told(progress =>
        {
            told = progress;
            stop.Cancel();
        }), stop.Token);

        // The one who is active is the last by id.
        Assert.Equal((new ListTotal(Crowd + 1), new ListTotal(0, IsExact: false), new ListTotal(ListTotal.Most, IsExact: false)), (kept.Selected, kept.Changing, kept.AlreadySo));
        Assert.Equal((ListTotal.Many, new ListTotal(0, IsExact: false)), (uncounted.Selected, uncounted.Changing));
        Assert.Equal((1, new ListTotal(Crowd + 1)), (told!.Seen, told.Total));
    }

    [Fact]
    public async Task A_role_of_very_many_is_renamed_and_each_of_them_is_told_once()
    {
        var roles = _host.Get<IRoleAdmin>();
        await roles.CreateAsync("reader", null, Operator.CommandLine, Token);
        var id = (await roles.FindAsync("reader", Token))!.Role.Id;
        await _host.QueryAsync(context => context.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Memberships" ("UserId", "RoleId") SELECT "Id", {id} FROM "Users" WHERE "Domain" = 'crowd.example'""", Token));
        List<long> told = [];
        using var listening = _host.Get<IAccountEvents>().Subscribe(happened => told.Add(happened.UserId));

        Assert.IsType<AdminOutcome.Done>(await roles.EditAsync("reader", new RoleEdit("visitor", null), Operator.CommandLine, Token));

        Assert.Equal(await IdsAsync(context => context.Users.Where(user => user.Domain == "crowd.example").OrderBy(user => user.Id).Select(user => user.Id)), told);
        Assert.Equal("visitor", (await roles.FindAsync($"{id}", Token))!.Role.Name);
    }

    private Task<ListPage<ListedUserInfo>> ListAsync(UserFilter filter, ListWindow window, UserSort sort = UserSort.Email) =>
        Users.ListAsync(filter, sort, isDescending: false, window, Token);

    private Task<List<long>> IdsAsync(Func<Portal.Accounts.Data.PortalDbContext, IQueryable<long>> ask) => _host.QueryAsync(context => ask(context).ToListAsync(Token));

    private static IEnumerable<long> Ids(ListPage<ListedUserInfo> page) => page.Results.Select(user => user.Id);

    /// <summary>Hears at once, on the thread that tells.</summary>
    private sealed class Told(Action<BulkProgress> hear) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => hear(value);
    }
}
