using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Reads one user and follows what happens to them.</summary>
public sealed partial class UserPanel : IDisposable
{
    private LiveReading? _live;
    private UserDetails? _user;
    private ClaimsPrincipal _person = new();
    private bool _isRead;
    private bool _wasThere;

    /// <summary>An id, address or username.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>Which part, by its name in addresses.</summary>
    [Parameter] public string? Tab { get; set; }

    [Inject] private IUserAdmin Users { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    private UserTab Current => UserTabs.Of(Tab);

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        await ReadAsync();
        if (RendererInfo.IsInteractive && _user is not null)
        {
            _live.Follow(Events, _user.User.Id, InvokeAsync, happened => happened is AccountEvent.UserChanged or AccountEvent.SessionStarted);
        }
    }

    private async Task ReadAsync()
    {
        // Once found, by number: the name they were asked for by may change.
        var found = await Users.DetailsAsync(_user is { } known ? $"{known.User.Id}" : Id, _live!.Closed);
        (_wasThere, _user, _isRead) = (_wasThere || (_user is not null && found is null), found, true);
        StateHasChanged();
    }
}
