using Microsoft.AspNetCore.Components;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Lists the mails of the outbox, tries one again or drops it.</summary>
public sealed partial class MailPanel
{
    private const string StateName = "state";

    [Inject] private IMailAdmin Mails { get; init; } = null!;

    private bool IsNarrowed => Address.Search is not null || StateOf(Address) is not null;

    private IEnumerable<FilterChip> Chips =>
    [
        new("All", Address.With((StateName, null)), StateOf(Address) is null),
        .. Enum.GetValues<OutboxMailState>().Select(state => new FilterChip(
            MailWords.Of(state),
            Address.With((StateName, StateOf(Address) == state ? null : MailWords.NameOf(state))),
            StateOf(Address) == state,
            List?.ByState.GetValueOrDefault(state))),
    ];

    protected override Task<MailList> ReadAsync(ListAddress address, CancellationToken cancellationToken) =>
        Mails.ListAsync(StateOf(address), address.Search, address.Window(25), cancellationToken);

    private static OutboxMailState? StateOf(ListAddress address) =>
        Enum.GetValues<OutboxMailState>().Cast<OutboxMailState?>().FirstOrDefault(state => MailWords.NameOf(state!.Value) == address[StateName]);

    private static string NameOf(MailInfo mail) => $"{MailWords.OfKind(mail.Kind)} to {mail.Recipient}";

    private Task RetryAsync(MailInfo mail) =>
        ChangeAsync(by => Mails.RetryAsync(mail.Id, by, CancellationToken.None), _ => $"{NameOf(mail)} is tried now.");

    private async Task DropAsync(MailInfo mail)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, "Drop this mail?", $"{NameOf(mail)} is never sent, and what it says is gone.", "Drop"))
        {
            await ChangeAsync(by => Mails.DropAsync(mail.Id, by, CancellationToken.None), _ => $"{NameOf(mail)} was dropped.");
        }
    }
}
