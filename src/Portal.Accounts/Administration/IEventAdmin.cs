using Portal.Accounts.Audit;

namespace Portal.Accounts.Administration;

/// <summary>The operator's view of the log of security events. Callers decide who may read; the export asks for itself.</summary>
public interface IEventAdmin
{
    /// <summary>A page of events, the newest first.</summary>
    Task<ListPage<EventInfo>> ListAsync(AuditFilter filter, ListWindow? window = null, CancellationToken cancellationToken = default);

    /// <summary>One event; null where there is none of that number.</summary>
    Task<EventInfo?> FindAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>Whom an operator means by an id, an address or a username; null for nobody. An id counts though its account is deleted.</summary>
    Task<EventPersonInfo?> FindPersonAsync(string person, CancellationToken cancellationToken = default);

    /// <summary>All events that match when it is asked for, as a file. The asking is an event itself.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="format">Written how.</param>
    /// <param name="by">Who asks; needs a recent proof.</param>
    /// <param name="cancellationToken">Stops before the asking is noted.</param>
    Task<EventExportOutcome> ExportAsync(AuditFilter filter, EventExportFormat format, Operator by, CancellationToken cancellationToken = default);
}
