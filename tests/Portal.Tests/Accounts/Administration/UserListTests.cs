using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

public sealed class UserListTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _ana = null!;
    private TestUser _bo = null!;
    private TestUser _cy = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IUserList Users => _host.Get<IUserList>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        await _host.Get<IRoleAdmin>().CreateAsync("curator", null, Operator.CommandLine, Token);
        _ana = await _host.CreateUserAsync("ana@example.org", "ana", roles: "curator");
        _bo = await _host.CreateUserAsync("bo@mail.example.net", "", isConfirmed: false);
        _cy = await _host.CreateUserAsync("cy_%@example.org", "Zebra");
        await NameAsync(_ana, "Åsa Ólafs");
        await NameAsync(_bo, "李𠮷");
        await _host.Get<IUserAdmin>().DeactivateAsync(_cy.Email, Operator.CommandLine, Token);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("ANA@exam", "ana")]
    [InlineData("an", "ana")]
    [InlineData("na", "")]
    [InlineData("ås", "ana")]
    [InlineData("ze", "cy")]
    [InlineData("李", "bo")]
    [InlineData("李𠮷", "bo")]
    [InlineData("ebr", "cy")]
    [InlineData("sa ól", "ana")]
    [InlineData("example", "ana bo cy")]
    [InlineData("_%@", "cy")]
    [InlineData("%%%", "")]
    [InlineData("\"a\" OR *", "")]
    [InlineData("  mail.example  ", "bo")]
    [InlineData("nobody", "")]
    [InlineData("   ", "ana bo cy")]
    public async Task A_search_finds_addresses_usernames_and_names(string text, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await ListAsync(new UserFilter { Text = text }));

    [Theory]
    [InlineData(" EXAMPLE.org ")]
    [InlineData("@example.org")]
    [InlineData("example.org.")]
    public async Task A_domain_is_found_as_it_is_typed(string domain) =>
        Assert.Equal(["ana", "cy"], await ListAsync(new UserFilter { Domain = domain }));

    [Fact]
    public void A_domain_of_other_letters_is_sought_as_it_is_stored()
    {
        Assert.Equal("xn--bcher-kva.example", new UserFilter { Domain = "bücher.example" }.Domain);
        Assert.True(new UserFilter { Domain = " " }.IsEmpty);
    }

    [Fact]
    public async Task A_search_finds_an_id() => Assert.Equal(["bo"], await ListAsync(new UserFilter { Text = $"{_bo.Id}", Domain = "mail.example.net" }));

    [Fact]
    public async Task A_search_follows_every_change()
    {
        await NameAsync(_ana, "Quite Another");
        await _host.QueryAsync(context => context.Users.Where(user => user.Id == _bo.Id).ExecuteUpdateAsync(row => row.SetProperty(user => user.NormalizedUserName, "XYLOPHONE"), Token));
        await _host.QueryAsync(context => context.Users.Where(user => user.Id == _cy.Id).ExecuteDeleteAsync(Token));

        Assert.Empty(await ListAsync(new UserFilter { Text = "Ólafs" }));
        Assert.Equal(["ana"], await ListAsync(new UserFilter { Text = "another" }));
        Assert.Equal(["bo"], await ListAsync(new UserFilter { Text = "xyloph" }));
        Assert.Empty(await ListAsync(new UserFilter { Text = "zebra" }));
    }

    [Fact]
    public async Task Each_filter_leaves_who_it_says()
    {
        await _host.QueryAsync(context => context.Users.Where(user => user.Id == _ana.Id).ExecuteUpdateAsync(row => row.SetProperty(user => user.VerifiedAt, _host.Clock.GetUtcNow()), Token));
        await LockAsync(_bo);

        Assert.Equal(["ana"], await ListAsync(new UserFilter { State = UserState.Active }));
        Assert.Equal(["bo"], await ListAsync(new UserFilter { State = UserState.Unconfirmed }));
        Assert.Equal(["cy"], await ListAsync(new UserFilter { State = UserState.Inactive }));
        Assert.Empty(await ListAsync(new UserFilter { State = UserState.Blocked }));
        Assert.Equal(["ana"], await ListAsync(new UserFilter { IsVerified = true }));
        await _host.AddSecondFactorAsync(_bo);
        Assert.Equal(["bo"], await ListAsync(new UserFilter { HasSecondFactor = true }));
        Assert.Equal(["ana", "cy"], await ListAsync(new UserFilter { HasSecondFactor = false }));
        Assert.Equal(["bo"], await ListAsync(new UserFilter { IsLocked = true }));
        await GuessAsync(_ana, WrongPasswords.MaxInARow);
        await GuessAsync(_cy, WrongPasswords.MaxInARow - 1);
        Assert.Equal(["ana", "bo"], await ListAsync(new UserFilter { IsLocked = true }));
        await GuessAsync(_ana, 0);
        Assert.Empty(await ListAsync(new UserFilter { IsOnline = true }));
        using (Open(_bo))
        {
            Assert.Equal(["bo"], await ListAsync(new UserFilter { IsOnline = true }));
        }

        // A tab that lost its connection may come back, but nobody is there.
        using (Open(_bo, isConnected: false))
        {
            Assert.Empty(await ListAsync(new UserFilter { IsOnline = true }));
        }

        Assert.Equal(["ana"], await ListAsync(new UserFilter { Role = "curator" }));
        Assert.Equal(["ana", "cy"], await ListAsync(new UserFilter { Domain = "example.org" }));
        Assert.Equal(["cy"], await ListAsync(new UserFilter { Domain = "example.org", State = UserState.Inactive, Text = "zeb" }));
    }

    [Fact]
    public async Task Who_gets_or_loses_an_app_is_listed_and_counted_so_at_once()
    {
        await _host.AddSecondFactorAsync(_ana);
        var (row, with) = (await RowAsync(), await CountAsync(new UserFilter { Domain = "example.org" }));
        await _host.Get<IUserAdmin>().RemoveFactorAsync(_ana.Email, "lost", Operator.CommandLine, Token);
        var (after, without) = (await RowAsync(), await CountAsync(new UserFilter { Domain = "example.org" }));

        Assert.Equal((true, 1, 1), (row.HasSecondFactor, with.WithSecondFactor.Count, with.WithoutSecondFactor.Count));
        Assert.Equal((false, 0, 2), (after.HasSecondFactor, without.WithSecondFactor.Count, without.WithoutSecondFactor.Count));

        async Task<ListedUserInfo> RowAsync() =>
            Assert.Single((await Users.ListAsync(new UserFilter { Text = "ana@" }, UserSort.Email, false, new ListWindow(), Token)).Results);
    }

    [Fact]
    public async Task Every_order_is_kept_over_pages_there_and_back()
    {
        foreach (var sort in Enum.GetValues<UserSort>())
        {
            foreach (var isDescending in (bool[])[false, true])
            {
                List<long> forth = [];
                string? after = null;
                do
                {
                    var page = await Users.ListAsync(new UserFilter(), sort, isDescending, new ListWindow { Size = 1, After = after }, Token);
                    forth.AddRange(page.Results.Select(user => user.Id));
                    after = page.Next;
                }
                while (after is not null);

                var whole = await Users.ListAsync(new UserFilter(), sort, isDescending, new ListWindow(), Token);
                var back = await Users.ListAsync(new UserFilter(), sort, isDescending, new ListWindow { Size = 2, IsLast = true }, Token);
                Assert.Equal(whole.Results.Select(user => user.Id), forth);
                Assert.Equal(forth[^2..], back.Results.Select(user => user.Id));
                Assert.Equal(3, whole.Total.Count);
            }
        }
    }

    [Theory]
    [InlineData(UserSort.Roles, "ana cy bo")]
    [InlineData(UserSort.Sessions, "ana cy bo")]
    [InlineData(UserSort.SecondFactor, "bo cy ana")]
    public async Task Who_has_most_comes_first_when_that_is_asked_for(UserSort sort, string expected)
    {
        using var browser = await _host.BeginSessionAsync(_ana);
        await _host.AddSecondFactorAsync(_bo);

        var page = await Users.ListAsync(new UserFilter(), sort, isDescending: true, new ListWindow(), Token);

        Assert.Equal(expected.Split(' '), page.Results.Select(user => user.Email.Split('@', '_')[0]));
    }

    [Fact]
    public async Task A_row_says_what_operators_look_for()
    {
        using var browser = await _host.BeginSessionAsync(_ana);
        var row = Assert.Single((await Users.ListAsync(new UserFilter { Text = "ana@" }, UserSort.Email, false, new ListWindow(), Token)).Results);

        Assert.Equal((_ana.Id, "ana@example.org", "ana", "Åsa Ólafs", "example.org"), (row.Id, row.Email, row.UserName, row.FullName, row.Domain));
        Assert.Equal((UserState.Active, 1, 0), (row.State, row.Sessions, row.Tabs));
        Assert.Equal(_host.Clock.GetUtcNow(), row.SignedInAt);
        Assert.Equal("curator", Assert.Single(row.Roles).Name);
        Assert.Null(Assert.Single((await Users.ListAsync(new UserFilter { Text = "bo@" }, UserSort.Email, false, new ListWindow(), Token)).Results).SignedInAt);
    }

    [Fact]
    public async Task The_totals_count_each_kind_of_everybody_or_of_a_domain()
    {
        await _host.Get<IUserAdmin>().MoveAsync(_ana.Email, UserMove.Verify, reason: null, Operator.CommandLine, Token);
        await LockAsync(_bo);
        using var open = Open(_ana);

        var (totals, domain) = (await CountAsync(new UserFilter()), await CountAsync(new UserFilter { Domain = "mail.example.net" }));

        Assert.Equal((3, 1), (totals.Everybody.Count, domain.Everybody.Count));
        Assert.Equal([1, 1, 1, 0], Enum.GetValues<UserState>().Select(state => totals.ByState[state].Count));
        Assert.Equal([0, 1, 0, 0], Enum.GetValues<UserState>().Select(state => domain.ByState[state].Count));
        Assert.Equal((1, 1, 1), (totals.Verified.Count, totals.Locked.Count, totals.Online.Count));
        Assert.Equal((0, 1, 0), (domain.Verified.Count, domain.Locked.Count, domain.Online.Count));
    }

    [Fact]
    public async Task Beside_a_text_or_a_role_the_totals_count_each_kind_of_those_whom_they_leave()
    {
        await _host.Get<IUserAdmin>().MoveAsync(_ana.Email, UserMove.Verify, reason: null, Operator.CommandLine, Token);
        await _host.AddSecondFactorAsync(_ana);
        await LockAsync(_bo);
        using var open = Open(_ana);

        var holding = await CountAsync(new UserFilter { Text = "EXAMPLE.org", State = UserState.Blocked });
        var role = await CountAsync(new UserFilter { Role = "curator", IsLocked = true });
        var nobody = await CountAsync(new UserFilter { Role = "curator", Text = "bo@" });

        Assert.Equal((2, 1, 1, 1, 0, 1), Numbers(holding));
        Assert.Equal([1, 0, 1, 0], Enum.GetValues<UserState>().Select(state => holding.ByState[state].Count));
        Assert.Equal((1, 1, 1, 0, 0, 1), Numbers(role));
        Assert.Equal((0, 0, 0, 0, 0, 0), Numbers(nobody));
        Assert.Equal(1, (await CountAsync(new UserFilter { Text = "bo@" })).Locked.Count);

        static (long, long, long, long, long, long) Numbers(UserListTotals totals) => (
            totals.Everybody.Count, totals.Verified.Count, totals.WithSecondFactor.Count, totals.WithoutSecondFactor.Count, totals.Locked.Count, totals.Online.Count);
    }

    private async Task<UserListTotals> CountAsync(UserFilter within) => (await Users.CountAsync(within, Token))!;

    private async Task<IEnumerable<string>> ListAsync(UserFilter filter)
    {
        var page = await Users.ListAsync(filter, UserSort.Email, isDescending: false, new ListWindow(), Token);
        Assert.Equal(page.Results.Count, page.Total.Count);
        return page.Results.Select(user => user.Email.Split('@', '_')[0]);
    }

    private Task NameAsync(TestUser user, string name) => _host.QueryAsync(async context =>
    {
        (await context.Users.SingleAsync(row => row.Id == user.Id, Token)).Profile = $$"""{"full_name":"{{name}}"}""";
        return await context.SaveChangesAsync(Token);
    });

    /// <summary>A tab of theirs, open until it is disposed.</summary>
    private IDisposable Open(TestUser user, bool isConnected = true)
    {
        var circuits = _host.Get<LiveCircuits>();
        var tab = new CircuitSession();
        tab.Open("tab", new SessionLife("session", user.Id), _host.Clock.GetUtcNow());
        circuits.Add(tab);
        circuits.Connected(tab, isConnected);
        return new Closing(() => circuits.Remove(tab));
    }

    private Task GuessAsync(TestUser user, int times) => _host.QueryAsync(context => context.Users
        .Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.AccessFailedCount, times), Token));

    private Task LockAsync(TestUser user) => _host.QueryAsync(async context =>
    {
        await _host.Get<AuditLog>().AddAsync(context, new AuditEntry(AuditKind.SignInThrottled, user.Id), Token);
        return await context.SaveChangesAsync(Token);
    });

    private sealed class Closing(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
