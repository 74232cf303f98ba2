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
    public async Task<long?> FindIdAsync(PortalDbContext context, string idOrLogin, CancellationToken cancellationToken)
    {
        var byId = long.TryParse(idOrLogin, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await context.Users.AnyAsync(user => user.Id == id, cancellationToken);
        return byId ? id : await ByLogin(context, idOrLogin).Select(user => (long?)user.Id).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>As <see cref="ByLogin"/>, and by id. Usernames start with a letter by default; where settings allow digits alone, the id wins.</summary>
    public async Task<User?> FindAsync(PortalDbContext context, string idOrLogin, CancellationToken cancellationToken)
    {
        var byId = long.TryParse(idOrLogin, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await context.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken)
            : null;
        return byId ?? await ByLogin(context, idOrLogin).SingleOrDefaultAsync(cancellationToken);
    }
}
