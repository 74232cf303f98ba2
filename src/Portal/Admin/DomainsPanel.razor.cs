using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Accounts.Administration;
using Portal.Accounts.Domains;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Lists e-mail domains.</summary>
public sealed partial class DomainsPanel
{
    private const string UsualSort = "name";
    private const string StatusName = "status";
    private const string FlaggedName = "flagged";
    private const string NameField = "domain";

    private readonly BusyCall _adding = new();
    private readonly EditDraft _new = new(NameField);
    private DomainLabels _labels = new([], []);
    private string? _error;

    [Inject] private IDomainAdmin Domains { get; init; } = null!;

    [Inject] private IDomainLabelAdmin Labels { get; init; } = null!;

    private bool IsNarrowed => Address.Search is not null
        || new[] { StatusName, FlaggedName, DomainNarrowing.CategoryName, DomainNarrowing.OrganisationName }.Any(name => Address[name] is not null);

    private IEnumerable<FilterChip> Chips =>
    [
        new("All", Address.With((StatusName, null), (FlaggedName, null)), Address[StatusName] is null && Address[FlaggedName] is null, List?.All),
        .. DomainStatusNames.Names.Select(status => new FilterChip(
            DomainWords.Of(status),
            Address.With((StatusName, Address[StatusName] == status ? null : status), (FlaggedName, null)),
            Address[StatusName] == status,
            List?.ByStatus.GetValueOrDefault(status))),
        new("Flagged", Address.With((StatusName, null), (FlaggedName, Address[FlaggedName] is null ? "true" : null)), Address[FlaggedName] is not null, List?.Flagged),
    ];

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _labels = await Labels.ListAsync();
    }

    protected override Task<DomainList> ReadAsync(ListAddress address, CancellationToken cancellationToken)
    {
        var (column, isDescending) = address.Sort(UsualSort);
        var sort = Enum.TryParse<DomainSort>(column, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : DomainSort.Name;
        var filter = new DomainFilter
        {
            Search = address.Search,
            Status = address[StatusName],
            IsFlagged = address[FlaggedName] is null ? null : true,
            CategoryId = NumberOf(address[DomainNarrowing.CategoryName]),
            OrganisationId = NumberOf(address[DomainNarrowing.OrganisationName]),
        };
        return Domains.ListAsync(filter, sort, isDescending, address.Window(25), cancellationToken);
    }

    /// <summary>What cannot be read counts as not said.</summary>
    private static long? NumberOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private async Task AddAsync()
    {
        var name = _new[NameField]?.Trim() ?? "";
        _error = null;
        AdminOutcome? outcome = null;
        if (await ChangeAsync(async by => outcome = await Domains.CreateAsync(name, by, CancellationToken.None), _ => $"{name} is listed."))
        {
            _new.Clear();
            Navigation.NavigateTo(PortalUrls.AdminDomain(name));
        }

        _error = (outcome as AdminOutcome.Refused)?.Errors[0].Message;
    }
}
