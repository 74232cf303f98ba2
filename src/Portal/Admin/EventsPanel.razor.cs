using Microsoft.AspNetCore.Components;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Profiles;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Shows the log of security events and leads to its export.</summary>
public sealed partial class EventsPanel
{
    [Inject] private IEventAdmin Events { get; init; } = null!;

    [Inject] private IPrivacyService Privacy { get; init; } = null!;

    private EventQuery Query => EventQuery.Of(name => Address[name]);

    protected override async Task<Look> ReadAsync(ListAddress address, CancellationToken cancellationToken)
    {
        var (filter, errors) = await EventQuery.Of(name => address[name]).ReadAsync(Events, cancellationToken);
        // What cannot be read filters nothing: the list would be everybody's events.
        return new Look(errors.Count > 0 ? null : await Events.ListAsync(filter, address.Window(25), cancellationToken), errors);
    }

    private string? ErrorOf(string field) => List?.Errors.FirstOrDefault(error => error.Field == field)?.Message;

    /// <summary>The file comes over HTTP; a stale proof is renewed here first, because there it could only be refused.</summary>
    private async Task ExportAsync(string format)
    {
        if (!await Privacy.NeedsRecentAuthenticationAsync(Person, CancellationToken.None) || await StepUpDialog.AskAsync(Dialogs))
        {
            var query = new Uri(new Uri(Navigation.BaseUri), Address.With((EventExports.FormatName, format), ("export", null))).Query;
            Navigation.NavigateTo($"{PortalUrls.AdminEventsExportPath}{query}", forceLoad: true);
        }
    }

    /// <summary>What one look brings; no page where the filter cannot be read.</summary>
    public sealed record Look(ListPage<EventInfo>? Page, IReadOnlyList<FieldError> Errors);
}
