using Microsoft.AspNetCore.Components;
using Portal.Accounts.Administration;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Lists linked identities and takes one away.</summary>
public sealed partial class AllIdentitiesPanel
{
    private const string UsualSort = "-created";
    private const string MethodName = "method";

    [Inject] private IIdentityAdmin Identities { get; init; } = null!;

    private bool IsNarrowed => Address.Search is not null || Address[MethodName] is not null;

    private IEnumerable<FilterChip> Chips =>
    [
        new("All", Address.With((MethodName, null)), Address[MethodName] is null),
        .. (List?.ByMethod ?? new Dictionary<string, Portal.Accounts.ListTotal>()).Select(method => new FilterChip(
            method.Key, Address.With((MethodName, Address[MethodName] == method.Key ? null : method.Key)), Address[MethodName] == method.Key, method.Value)),
    ];

    protected override Task<IdentityList> ReadAsync(ListAddress address, CancellationToken cancellationToken)
    {
        var (column, isDescending) = address.Sort(UsualSort);
        return Identities.ListAsync(
            new IdentityFilter { Search = address.Search, Method = address[MethodName] },
            column == "external" ? IdentitySort.ExternalId : IdentitySort.Created,
            isDescending,
            address.Window(25),
            cancellationToken);
    }

    private static string NameOf(IdentityInfo identity) => $"{identity.MethodName ?? identity.Method} of {identity.Email}";

    private async Task RemoveAsync(IdentityInfo identity)
    {
        var site = identity.MethodName ?? identity.Method;
        if (await ConfirmDialog.AskAsync(Dialogs, $"Remove {site}?", $"{identity.Email} can no longer sign in by {site}, where they are known as {identity.ExternalId}. Sessions that began with it end at once, and a mail tells them.", "Remove"))
        {
            await ChangeAsync(by => Identities.DeleteAsync(identity.Id, by, CancellationToken.None), _ => $"{identity.Email} no longer signs in by {site}.");
        }
    }
}
