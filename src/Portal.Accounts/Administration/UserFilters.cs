using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Turns a filter into a query.</summary>
internal sealed class UserFilters
{
    // Sorts behind every character that addresses are made of.
    private const string Greatest = "\uffff";

    /// <summary>Who matches, to be counted or changed.</summary>
    public Task<IQueryable<User>> FindAsync(PortalDbContext context, UserFilter filter, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IQueryable<User> users = context.Users;
        if (TypedText.Normalize(filter.Text)?.ToUpperInvariant() is { Length: > 0 } text)
        {
            var end = text + Greatest;
            users = users.Where(user => string.Compare(user.NormalizedEmail, text) >= 0 && string.Compare(user.NormalizedEmail, end) < 0);
        }

        if (filter.Role is { } role)
        {
            users = users.Where(user => context.UserRoles
                .Where(member => context.Roles.Any(found => found.Id == member.RoleId && found.Name == role))
                .Select(member => member.UserId).Contains(user.Id));
        }

        if (filter.Domain is { } domain)
        {
            users = users.Where(user => user.Domain == domain);
        }

        return Task.FromResult(users);
    }
}
