using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>The operator's hand on the outbox. Callers decide who may read; every change asks for itself.</summary>
public interface IMailAdmin
{
    /// <summary>A page of the mails of the last 28 days.</summary>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="recipient">The beginning of the address they go to, whatever its case; null for all.</param>
    /// <param name="window">Which page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<MailList> ListAsync(OutboxMailState? state, string? recipient, ListWindow? window = null, CancellationToken cancellationToken = default);

    /// <summary>One of them; null when there is none of that number.</summary>
    Task<MailInfo?> FindAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>Tries a mail now; one that was given up begins anew. Refused for one that is being sent, was sent or dropped: what it said is gone then.</summary>
    Task<AdminOutcome> RetryAsync(long id, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Gives a mail up, with what it says; it stays listed. Refused for one that is being sent or over.</summary>
    Task<AdminOutcome> DropAsync(long id, Operator by, CancellationToken cancellationToken = default);
}
