using Microsoft.AspNetCore.Components;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Offers roles and domains, each with how many people it leaves: roles counted up to a limit, domains by what the database keeps.</summary>
public sealed partial class UserNarrowing : IDisposable
{
    private const int MostDomains = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _closed = new();

    private IReadOnlyDictionary<long, ListTotal> _members = new Dictionary<long, ListTotal>();
    private IReadOnlyList<DomainInfo> _domains = [];
    private CancellationTokenSource? _typing;
    private bool _isCounted;

    [Parameter, EditorRequired] public ListAddress Address { get; set; } = null!;

    /// <summary>Every role there is.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<RoleInfo> Roles { get; set; } = [];

    [Inject] private IRoleAdmin RoleAdmin { get; init; } = null!;

    [Inject] private IDomainAdmin DomainAdmin { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    private bool IsNarrowed => Address[UserQuery.RoleName] is not null || Address[UserQuery.DomainName] is not null;

    public void Dispose()
    {
        _typing?.Cancel();
        _closed.Cancel();
    }

    // When it is looked at: most who look through users never open it.
    private async Task FoldedAsync(FoldedEventArgs fold)
    {
        if (_isCounted || !fold.IsOpen)
        {
            return;
        }

        _isCounted = true;
        try
        {
            var roles = await RoleAdmin.PageAsync(null, new ListWindow { Size = ListWindow.MaxSize }, _closed.Token);
            _members = roles.Results.ToDictionary(role => role.Role.Id, role => role.Members);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private async Task SuggestAsync(ChangeEventArgs typed)
    {
        _typing?.Cancel();
        var typing = _typing = new CancellationTokenSource();
        try
        {
            await Task.Delay(Pause, Time, typing.Token);
            var text = typed.Value?.ToString()?.Trim();
            _domains = string.IsNullOrEmpty(text) ? []
                : (await DomainAdmin.ListAsync(new DomainFilter { Search = text }, window: new ListWindow { Size = MostDomains }, cancellationToken: typing.Token)).Page.Results;
        }
        catch (OperationCanceledException)
        {
            // Another key came.
        }
    }
}
