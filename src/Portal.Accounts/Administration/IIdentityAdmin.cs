namespace Portal.Accounts.Administration;

/// <summary>The operator's hand on linked identities. Callers decide who may read; every change asks for itself.</summary>
public interface IIdentityAdmin
{
    /// <summary>A page of them.</summary>
    Task<IdentityList> ListAsync(
        IdentityFilter filter, IdentitySort sort = IdentitySort.Created, bool isDescending = true, ListWindow? window = null, CancellationToken cancellationToken = default);

    /// <summary>One of them; null when there is none of that id.</summary>
    Task<IdentityInfo?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a link away and ends the sessions that began with it; a mail tells the person. Refused where no other way in would
    /// be left: a password or passkey where those let people in here, or an identity of a configured provider.
    /// </summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who does it; needs a recent proof.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> DeleteAsync(string id, Operator by, CancellationToken cancellationToken = default);
}
