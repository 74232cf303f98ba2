using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>Finds users by what people type: an address, a username, for operators an id too.</summary>
internal sealed class UserSearch(ILookupNormalizer normalizer)
{
    /// <summary>Longer text names nobody.</summary>
    public const int MaxLoginLength = 255;

    /// <summary>As the columns hold it; empty, which nobody has, for what is no text.</summary>
    public string Normalize(string login) => TypedText.Normalize(login) is not { } text ? ""
        : text.Contains('@') ? normalizer.NormalizeEmail(text)!
        : normalizer.NormalizeName(text)!;

    /// <summary>The user with that address, or, where there is no @, with that username.</summary>
    public IQueryable<User> ByLogin(PortalDbContext context, string login)
    {
        var normalized = Normalize(login);
        return login.Length > MaxLoginLength ? context.Users.Where(user => false)
            : login.Contains('@') ? context.Users.Where(user => user.NormalizedEmail == normalized)
            : context.Users.Where(user => user.NormalizedUserName == normalized);
    }

    /// <summary>The id of whom <see cref="FindAsync"/> finds; null when there is nobody. Their row is not read.</summary>
    public Task<long?> FindIdAsync(PortalDbContext context, UserReference user, CancellationToken cancellationToken) =>
        FirstAsync(context, user, found => found.Select(row => (long?)row.Id).SingleOrDefaultAsync(cancellationToken));

    /// <summary>As <see cref="ByLogin"/>, and by id. Usernames start with a letter by default; where settings allow digits alone, the id wins.</summary>
    public Task<User?> FindAsync(PortalDbContext context, UserReference user, CancellationToken cancellationToken) =>
        FirstAsync(context, user, found => found.SingleOrDefaultAsync(cancellationToken));

    private async Task<T?> FirstAsync<T>(PortalDbContext context, UserReference user, Func<IQueryable<User>, Task<T?>> read)
    {
        var byId = user.OnlyId is { } id || long.TryParse(user.Text, NumberStyles.None, CultureInfo.InvariantCulture, out id)
            ? await read(context.Users.Where(row => row.Id == id))
            : default;
        return byId is not null || user.OnlyId is not null ? byId : await read(ByLogin(context, user.Text));
    }
}
