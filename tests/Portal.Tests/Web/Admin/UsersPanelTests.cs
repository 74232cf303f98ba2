using System.Collections.Immutable;
using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Admin;
using Portal.Testing;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Admin;

/// <summary>The list of users; all but the list itself on the doors of a running portal.</summary>
public sealed class UsersPanelTests : IClassFixture<SharedHost>, IAsyncDisposable
{
    private readonly PanelContext _panel = new();
    private readonly FakeUsers _users = new();
    private readonly FakeWishes _wishes = new();
    private readonly PortalHost _host;

    public UsersPanelTests(SharedHost shared)
    {
        _host = shared.Host;
        _panel.Services.AddSingleton<IUserList>(_users).AddSingleton<IListWishes>(_wishes)
            .AddSingleton(_host.Get<IRoleAdmin>()).AddSingleton(_host.Get<IUserAdmin>()).AddSingleton(_host.Get<IDomainAdmin>());
    }

    public ValueTask DisposeAsync() => _panel.DisposeAsync();

    [Fact]
    public void Who_comes_and_the_numbers_on_the_chips_are_looked_up_every_few_seconds()
    {
        var panel = Render(PortalUrls.AdminUsersPath);
        _users.Come(1);
        _panel.Events.Publish(new AccountEvent.UserChanged(1));

        _panel.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("person1@example.org", panel.Markup, StringComparison.Ordinal);
        _panel.Clock.Advance(TimeSpan.FromSeconds(4));

        panel.WaitForAssertion(() => Assert.Contains("person1@example.org", panel.Markup, StringComparison.Ordinal));
        Assert.Contains("7,001", panel.Find("nav[aria-label='Narrow to']").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    // Whether they are looked up again, after how many seconds, at which address; and how often they were counted in all.
    [InlineData("?role=no-such", 5, null, 1)]
    [InlineData("?q=person", 29, "?q=person&sort=created", 1)]
    [InlineData("?q=person", 30, "?q=person&sort=created", 2)]
    [InlineData("?q=person", 0, "?q=persons", 2)]
    [InlineData("", 5, null, 2)]
    public void Numbers_that_must_be_counted_stand_for_half_a_minute(string address, int seconds, string? next, int counted)
    {
        _users.Come(1);
        var panel = Render(PortalUrls.AdminUsersPath + address);
        panel.WaitForAssertion(() => Assert.Contains("person1@example.org", panel.Markup, StringComparison.Ordinal));
        _users.Come(2);

        _panel.Clock.Advance(TimeSpan.FromSeconds(seconds));
        if (next is not null)
        {
            _panel.GoTo(PortalUrls.AdminUsersPath + next);
        }

        panel.WaitForAssertion(() => Assert.Contains("person2@example.org", panel.Markup, StringComparison.Ordinal));
        Assert.Equal(counted, _users.Counts);
    }

    [Fact]
    public void What_happens_on_the_page_has_its_numbers_counted_anew()
    {
        _users.Come(1);
        var panel = Render($"{PortalUrls.AdminUsersPath}?role=no-such");
        panel.WaitForAssertion(() => Assert.Contains("person1@example.org", panel.Markup, StringComparison.Ordinal));

        _panel.Events.Publish(new AccountEvent.UserChanged(1));

        panel.WaitForAssertion(() => Assert.Equal(2, _users.Counts));
    }

    [Fact]
    public void Of_those_online_a_tab_that_opens_or_closes_is_seen_at_once()
    {
        var panel = Render($"{PortalUrls.AdminUsersPath}?online=true");

        _users.Come(2);
        _panel.Events.Publish(new AccountEvent.TabsChanged(2, "new"));
        panel.WaitForAssertion(() => Assert.Contains("person2@example.org", panel.Markup, StringComparison.Ordinal));

        _users.Go();
        _panel.Events.Publish(new AccountEvent.SessionsEnded(2, ["new"], SessionEndReason.You));
        _panel.Clock.Advance(TimeSpan.FromMilliseconds(250));
        panel.WaitForAssertion(() => Assert.DoesNotContain("person2@example.org", panel.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Tabs_of_others_are_no_reason_to_look_where_everybody_is_listed()
    {
        Render(PortalUrls.AdminUsersPath);
        var looks = _users.Looks;

        _panel.Events.Publish(new AccountEvent.TabsChanged(9, "new"));
        _panel.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(looks, _users.Looks);
    }

    [Fact]
    public async Task What_narrows_has_a_chip_with_its_number_and_the_button_says_how_many_do()
    {
        var token = Xunit.TestContext.Current.CancellationToken;
        await _host.Get<IRoleAdmin>().CreateAsync("keeper", null, Operator.CommandLine, token);
        await _host.CreateUserAsync(roles: "keeper");

        var panel = Render($"{PortalUrls.AdminUsersPath}?role=keeper&second_factor=false");

        Assert.Equal(["No two-step7,000", "Role keeper1"], Chips(panel).Where(chip => chip.HasAttribute("aria-current")).Select(chip => chip.TextContent.Trim()));
        Assert.Equal("Filters (2)", panel.Find("[data-fold] summary").TextContent);
        Assert.Equal((false, "keeper"), (_users.Asked!.HasSecondFactor, _users.Asked.Role));
    }

    [Fact]
    public async Task The_chip_of_a_role_whose_name_is_a_number_counts_that_role()
    {
        var token = Xunit.TestContext.Current.CancellationToken;
        var roles = _host.Get<IRoleAdmin>();
        await roles.CreateAsync("warden", null, Operator.CommandLine, token);
        await _host.CreateUserAsync(roles: "warden");
        var number = $"{(await roles.FindAsync("warden", token))!.Role.Id}";
        await roles.CreateAsync(number, null, Operator.CommandLine, token);

        Assert.Equal($"Role {number}0", Chips(Render($"{PortalUrls.AdminUsersPath}?role={number}"))[^1].TextContent.Trim());
    }

    [Fact]
    public void A_domain_narrows_the_numbers_of_all_chips_and_its_own_says_how_many_it_has()
    {
        var panel = Render($"{PortalUrls.AdminUsersPath}?domain=example.org");

        Assert.All(Chips(panel), chip => Assert.EndsWith("7,000", chip.TextContent, StringComparison.Ordinal));
        Assert.Equal("Domain example.org7,000", Chips(panel)[^1].TextContent.Trim());
        Assert.Equal("Filters (1)", panel.Find("[data-fold] summary").TextContent);
    }

    [Fact]
    public void The_height_of_rows_is_taken_from_the_address_and_remembered_where_it_was_chosen()
    {
        _users.Come(1);
        var panel = Render($"{PortalUrls.AdminUsersPath}?density=compact");

        Assert.Contains("compact", panel.Find(".list").ClassList);
        Assert.Equal(new ListWish(), _wishes.Saved);

        _panel.GoTo($"{PortalUrls.AdminUsersPath}?density=comfortable");
        _panel.GoTo($"{PortalUrls.AdminUsersPath}?density=compact");
        panel.WaitForAssertion(() => Assert.Equal(new ListWish(IsCompact: true), _wishes.Saved));
        Assert.Contains("compact", Render(PortalUrls.AdminUsersPath).Find(".list").ClassList);
    }

    [Fact]
    public void Whether_two_step_verification_is_on_is_a_column_that_can_be_chosen()
    {
        _users.Come(1);
        _users.Come(2, hasSecondFactor: true);

        Assert.DoesNotContain("Two-step verification", Render(PortalUrls.AdminUsersPath).Find("thead").TextContent, StringComparison.Ordinal);
        var cells = Render($"{PortalUrls.AdminUsersPath}?columns=second_factor").FindAll("td[data-title='Two-step verification']");

        Assert.Equal(["Off", "On"], cells.Select(cell => cell.TextContent));
    }

    private static IReadOnlyList<AngleSharp.Dom.IElement> Chips(IRenderedComponent<UsersPanel> panel) => panel.FindAll("nav[aria-label='Narrow to'] a");

    private IRenderedComponent<UsersPanel> Render(string address)
    {
        _panel.GoTo(address);
        return _panel.Render<UsersPanel>();
    }

    private sealed class FakeUsers : IUserList
    {
        private ImmutableList<ListedUserInfo> people = [];

        public int Looks { get; private set; }

        public int Counts { get; private set; }

        public UserFilter? Asked { get; private set; }

        public void Come(long id, bool hasSecondFactor = false) => people = people.Add(new ListedUserInfo
        {
            Id = id,
            HasSecondFactor = hasSecondFactor,
            Email = $"person{id}@example.org",
            State = UserState.Active,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Roles = [],
        });

        public void Go() => people = [];

        public Task<ListPage<ListedUserInfo>> ListAsync(UserFilter filter, UserSort sort, bool isDescending, ListWindow window, CancellationToken cancellationToken)
        {
            (Looks, Asked) = (Looks + 1, filter);
            return Task.FromResult(new ListPage<ListedUserInfo>(people, new ListTotal(people.Count), null, null));
        }

        public Task<UserListTotals?> CountAsync(UserFilter within, CancellationToken cancellationToken)
        {
            Counts++;
            var total = new ListTotal(7000 + people.Count);
            return Task.FromResult<UserListTotals?>(new UserListTotals(total, Enum.GetValues<UserState>().ToDictionary(state => state, _ => total), total, total, total, total, total));
        }
    }

    private sealed class FakeWishes : IListWishes
    {
        public ListWish Saved { get; private set; } = new();

        public Task<ListWish> FindAsync(ClaimsPrincipal person, string list, CancellationToken cancellationToken) => Task.FromResult(Saved);

        public Task SaveAsync(ClaimsPrincipal person, string list, ListWish wish, CancellationToken cancellationToken)
        {
            Saved = wish;
            return Task.CompletedTask;
        }
    }
}
