using System.Security.Claims;

namespace Portal.Accounts.Administration;

/// <summary>How a person likes to see a list, remembered with their account: on every device, beyond the session.</summary>
public interface IListWishes
{
    /// <summary>What they chose last; everything null when they never chose.</summary>
    /// <param name="person">Whose wishes.</param>
    /// <param name="list">The list's name, such as <c>users</c>.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<ListWish> FindAsync(ClaimsPrincipal person, string list, CancellationToken cancellationToken = default);

    /// <summary>Remembers a choice. The later one counts.</summary>
    /// <param name="person">Whose wishes; for anonymous nothing is done.</param>
    /// <param name="list">The list's name, at most 64 characters.</param>
    /// <param name="wish">What they chose.</param>
    /// <param name="cancellationToken">Stops before it is saved.</param>
    Task SaveAsync(ClaimsPrincipal person, string list, ListWish wish, CancellationToken cancellationToken = default);
}
