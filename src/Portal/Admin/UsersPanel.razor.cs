using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Shows a page of users, as the address says, and keeps it fresh.</summary>
/// <remarks>
/// What happens to people on the page is followed at once, and who comes or goes online where that is what is listed; who else
/// joins or leaves the list, and the numbers on the chips, every few seconds. Numbers that nobody keeps, which a role or a text
/// asks for, are counted anew when something happened on the page, else every half minute.
/// </remarks>
public sealed partial class UsersPanel : IDisposable
{
    private const string ListName = "users";
    private const int UsualSize = 25;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(30);

    private readonly ListSelection _selection = new();
    private ListAddress _address = null!;
    private LiveReading? _live;
    private ListPage<ListedUserInfo>? _page;
    private UserListTotals? _totals;
    private CountedUsers? _counted;
    private ListTotal? _members;
    private IReadOnlyList<RoleInfo> _roles = [];
    private IReadOnlyList<ListColumn<ListedUserInfo>> _columns = [];
    private ListWish _wish = new();
    private ClaimsPrincipal _person = new();
    private int _usualSize = UsualSize;
    private string _said = "";
    private int _saidCount;
    private string? _refusal;

    // Read on the threads of whoever makes a change.
    private ImmutableHashSet<long> _shown = [];
    private volatile bool _isCountOld;

    [Inject] private IUserList Users { get; init; } = null!;

    [Inject] private IRoleAdmin Roles { get; init; } = null!;

    [Inject] private IListWishes Wishes { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    private UserFilter Filter => UserQuery.FilterOf(_address);

    /// <summary>What another system provides is given and taken there.</summary>
    private IReadOnlyList<string> GivenHere => [.. _roles.Where(role => role.IsManaged).Select(role => role.Name)];

    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        _live?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _address = ListAddress.Of(Navigation.Uri);
        Navigation.LocationChanged += Moved;
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        _wish = await Wishes.FindAsync(_person, ListName, _live.Closed);
        _roles = await Roles.ListAsync(_live.Closed);
        if (RendererInfo.IsInteractive)
        {
            _live.FollowAll(Events, InvokeAsync, Matters);
            // What holds a text may have to be looked for among all of them: that is done when somebody asks.
            _live.HintEvery(LookInterval, read => string.IsNullOrWhiteSpace(Filter.Text) ? InvokeAsync(read) : Task.CompletedTask);
        }

        await FollowAddressAsync(isChosen: false);
        await ReadAsync();
    }

    /// <summary>Asked on the threads of whoever makes a change.</summary>
    private bool Matters(AccountEvent happened)
    {
        var matters = happened switch
        {
            AccountEvent.PageShown => false,
            AccountEvent.TabsChanged or AccountEvent.SessionsEnded when Filter.IsOnline => true,
            _ => _shown.Contains(happened.UserId),
        };
        if (matters)
        {
            _isCountOld = true;
        }

        return matters;
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        var address = ListAddress.Of(Navigation.Uri);
        if (address.Path != _address.Path)
        {
            return;
        }

        if (UserQuery.FilterOf(address) != Filter)
        {
            // What is no longer seen must not be changed unseen.
            _selection.Clear();
        }

        (_address, _refusal) = (address, null);
        await FollowAddressAsync(isChosen: true);
        await _live!.HintAsync();
    });

    /// <summary>
    /// Takes over what the address chooses. What was chosen on this page is remembered for when an address says nothing; who
    /// followed somebody's link to it chose nothing.
    /// </summary>
    private async Task FollowAddressAsync(bool isChosen)
    {
        var chosen = _wish with
        {
            Size = _address[ListAddress.SizeName] is null ? _wish.Size : _address.Window(UsualSize).Size,
            Columns = _address[UserQuery.ColumnsName] ?? _wish.Columns,
            IsCompact = _address[ListAddress.DensityName] is { } density ? density == ListAddress.Compact : _wish.IsCompact,
        };
        var isNew = chosen != _wish;
        _wish = chosen;
        if (isNew && isChosen)
        {
            await Wishes.SaveAsync(_person, ListName, chosen, CancellationToken.None);
        }

        (_usualSize, _columns) = (chosen.Size ?? UsualSize, UserQuery.ColumnsOf(chosen.Columns));
    }

    private async Task ReadAsync()
    {
        var address = _address;
        var (sort, isDescending) = UserQuery.SortOf(address);
        var filter = UserQuery.FilterOf(address);
        var page = await Users.ListAsync(filter, sort, isDescending, address.Window(_usualSize), _live!.Closed);
        var totals = await TotalsAsync(filter);
        // The database keeps how many hold a role, were they ever so many. By the number of the one so named: a name may be another one's number.
        var role = filter is { Role: { } name, Text: null, Domain: null } ? _roles.FirstOrDefault(role => role.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) : null;
        var members = role is null ? null : (await Roles.FindAsync(role.Id.ToString(CultureInfo.InvariantCulture), _live.Closed))?.Members;
        if (address == _address)
        {
            (_page, _totals, _members, _shown) = (page, totals, members, [.. page.Results.Select(user => user.Id)]);
            StateHasChanged();
        }
    }

    /// <summary>The numbers on the chips; those that must be counted stand for a while.</summary>
    private async Task<UserListTotals?> TotalsAsync(UserFilter filter)
    {
        var within = new UserFilter { Text = filter.Text, Role = filter.Role, Domain = filter.Domain };
        if (!_isCountOld && within is not { Text: null, Role: null } && _counted is { } counted && counted.Within == within && Time.GetElapsedTime(counted.At) < CountInterval)
        {
            return counted.Totals;
        }

        // Before: what happens meanwhile may not be counted yet.
        (_isCountOld, var at) = (false, Time.GetTimestamp());
        _counted = new CountedUsers(within, await Users.CountAsync(within, _live!.Closed), at);
        return _counted.Totals;
    }

    private Task ActedAsync(UserActReport report)
    {
        (_refusal, _isCountOld) = (report.Refusal, true);
        if (report.Done is { } done)
        {
            (_said, _saidCount) = (done, _saidCount + 1);
        }

        return _live!.HintAsync();
    }

    private string Toggled(ListColumn<ListedUserInfo> column) => _address.With((
        UserQuery.ColumnsName,
        string.Join(',', UserColumns.All.Where(other => !other.IsName && _columns.Contains(other) != (other == column)).Select(other => other.Name).DefaultIfEmpty("none"))));

    /// <param name="Within">Among whom it was counted.</param>
    /// <param name="Totals">What was found.</param>
    /// <param name="At">When, as the clock stamps it.</param>
    private sealed record CountedUsers(UserFilter Within, UserListTotals? Totals, long At);
}
