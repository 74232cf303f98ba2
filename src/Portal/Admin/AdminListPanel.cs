using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using Portal.Accounts.Administration;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>A list that shows what its page's address says and looks again every few seconds.</summary>
/// <typeparam name="TList">What one look brings.</typeparam>
public abstract class AdminListPanel<TList> : ComponentBase, IDisposable
    where TList : class
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private LiveReading? _live;

    [Inject] protected NavigationManager Navigation { get; init; } = null!;

    [Inject] protected IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    /// <summary>Where one is.</summary>
    protected ListAddress Address { get; private set; } = null!;

    /// <summary>The last look; null before the first.</summary>
    protected TList? List { get; private set; }

    protected ClaimsPrincipal Person { get; private set; } = new();

    /// <summary>What was done last, for a while and to be read out.</summary>
    protected string Said { get; private set; } = "";

    /// <summary>Counts what was said, so that the same words twice are two.</summary>
    protected int SaidCount { get; private set; }

    /// <summary>Why the last thing was not done.</summary>
    protected string? Refusal { get; private set; }

    public void Dispose()
    {
        Navigation.LocationChanged -= Moved;
        _live?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<TList> ReadAsync(ListAddress address, CancellationToken cancellationToken);

    protected override async Task OnInitializedAsync()
    {
        Address = ListAddress.Of(Navigation.Uri);
        _live = new LiveReading(Time, LookAsync, DispatchExceptionAsync);
        Navigation.LocationChanged += Moved;
        Person = (await Authentication.GetAuthenticationStateAsync()).User;
        await LookAsync();
        if (RendererInfo.IsInteractive)
        {
            _live.HintEvery(LookInterval, InvokeAsync);
        }
    }

    /// <summary>Makes a change, says that it was made or why not, and looks again.</summary>
    protected async Task<bool> ChangeAsync(Func<Operator, Task<AdminOutcome>> change, Func<int, string> done)
    {
        var outcome = await OperatorChange.RunAsync(Dialogs, Person, change);
        Refusal = OperatorChange.RefusalOf(outcome);
        if (OperatorChange.IsDone(outcome))
        {
            (Said, SaidCount) = (done((outcome as AdminOutcome.Done)?.EndedSessions ?? 0), SaidCount + 1);
        }

        _ = _live!.HintAsync();
        return OperatorChange.IsDone(outcome);
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        var address = ListAddress.Of(Navigation.Uri);
        if (address.Path == Address.Path)
        {
            (Address, Refusal) = (address, null);
            await _live!.HintAsync();
        }
    });

    private async Task LookAsync()
    {
        var asked = Address;
        var list = await ReadAsync(asked, _live!.Closed);
        if (asked == Address)
        {
            List = list;
            StateHasChanged();
        }
    }
}
