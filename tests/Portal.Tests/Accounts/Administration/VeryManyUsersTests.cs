using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

/// <summary>More users than are counted: what is found is the same, in an order that can be had in time.</summary>
public sealed class VeryManyUsersTests : IAsyncLifetime
{
    private const int Crowd = ListTotal.Most + 50;

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IUserList Users => _host.Get<IUserList>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        await _host.CreateUserAsync("first@elsewhere.example", "first");
        await _host.QueryAsync(context => context.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {Crowd})
            INSERT INTO "Users" ("Email", "NormalizedEmail", "UserName", "NormalizedUserName", "Domain", "IsActive", "ConfirmedAt", "VerifiedAt", "EmailConfirmed", "PhoneNumberConfirmed",
                "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount", "Profile", "Preferences", "CreatedAt", "UpdatedAt")
            SELECT lower("Name") || '@crowd.example', "Name" || '@CROWD.EXAMPLE', lower("Name"), "Name", 'crowd.example', 0, 1, 1, 1, 0, 0, 0, 0, '{"{}"}', '{"{}"}', n, n
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

        Assert.Equal((new ListTotal(ListTotal.Most, IsExact: false), false), (first.Total, first.IsSorted));
        Assert.Null(first.Previous);
        Assert.Equal(all[..3], Ids(first));
        Assert.Equal(all[3..6], Ids(second));
        Assert.Equal(all[..3], Ids(back));
        Assert.Null(last.Next);
        Assert.Equal(all[^3..], Ids(last));
        Assert.Equal(all[^6..^3], Ids(beforeLast));
    }

    [Fact]
    public async Task Other_conditions_narrow_what_very_many_hold()
    {
        var active = await ListAsync(new UserFilter { Text = "crowd", State = UserState.Active }, new ListWindow());

        Assert.Equal("last@crowd.example", Assert.Single(active.Results).Email);
        Assert.Equal(new ListTotal(1), active.Total);
    }

    [Fact]
    public async Task Two_letters_that_very_many_begin_with_list_them_by_id_too()
    {
        var page = await ListAsync(new UserFilter { Text = "ma" }, new ListWindow { Size = 5 }, UserSort.Created);

        Assert.Equal((new ListTotal(ListTotal.Most, IsExact: false), false), (page.Total, page.IsSorted));
        Assert.Equal(await IdsAsync(context => context.Users.Where(user => user.NormalizedEmail!.StartsWith("MA")).OrderBy(user => user.Id).Select(user => user.Id).Take(5)), Ids(page));
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
        UserFilter[] filters = [new() { State = UserState.Inactive }, new() { IsVerified = true }, new() { Domain = "crowd.example", State = UserState.Inactive }];
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

    private Task<ListPage<ListedUserInfo>> ListAsync(UserFilter filter, ListWindow window, UserSort sort = UserSort.Email) =>
        Users.ListAsync(filter, sort, isDescending: false, window, Token);

    private Task<List<long>> IdsAsync(Func<Portal.Accounts.Data.PortalDbContext, IQueryable<long>> ask) => _host.QueryAsync(context => ask(context).ToListAsync(Token));

    private static IEnumerable<long> Ids(ListPage<ListedUserInfo> page) => page.Results.Select(user => user.Id);
}
