using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Whose address, username or full name begins with a text, each by the index of its column.</summary>
/// <remarks>
/// Of very many the first <see cref="ListTotal.Most"/> are listed: by address whose address begins so, then by username who are
/// left, then by full name. To go through the rest in one order, or from its end, all would have to be read for a page.
/// </remarks>
/// <param name="context">Where.</param>
/// <param name="text">Normalised.</param>
internal sealed class BeginningHits(PortalDbContext context, string text) : ITextHits
{
    private static readonly Expression<Func<User, string?>> Email = user => user.NormalizedEmail;
    private static readonly Expression<Func<User, string?>> UserName = user => user.SortUserName;
    private static readonly Expression<Func<User, string?>> FullName = user => user.NormalizedFullName;

    public IQueryable<long> Ids => Columns(context.Users).Select(column => column.Select(user => user.Id)).Aggregate(Queryable.Concat);

    public IQueryable<User> Among(IQueryable<User> users) =>
        users.Where(user => user.NormalizedEmail!.StartsWith(text) || user.SortUserName.StartsWith(text) || user.NormalizedFullName.StartsWith(text));

    public async Task<IReadOnlyList<long>?> FewAsync(CancellationToken cancellationToken) =>
        await FirstAsync(context.Users, ListTotal.Most + 1, cancellationToken) is { Count: <= ListTotal.Most } few ? few : null;

    public async Task<ListPage<long>> ReadAsync(IQueryable<User> users, ListWindow window, CancellationToken cancellationToken)
    {
        var first = await FirstAsync(users, ListTotal.Most, cancellationToken);
        var page = new PageReading<IdPlace>(window, place => first.Contains(place.Id));
        var at = page.Place is { } place ? first.IndexOf(place.Id) : -1;
        var rows = !page.IsBack ? first.Skip(at + 1 + page.Skip) : Enumerable.Reverse(at >= 0 ? first[..at] : first).Skip(page.Skip);
        return page.Cut([.. rows.Take(page.Take)], ListTotal.Many, id => new IdPlace(id)) with { IsWhole = false };
    }

    private async Task<List<long>> FirstAsync(IQueryable<User> users, int most, CancellationToken cancellationToken)
    {
        List<long> first = [];
        foreach (var column in Columns(users))
        {
            if (first.Count < most)
            {
                first.AddRange(await column.Select(user => user.Id).Take(most - first.Count).ToListAsync(cancellationToken));
            }
        }

        return first;
    }

    /// <summary>Each person in one of them, the columns in their order.</summary>
    private IReadOnlyList<IQueryable<User>> Columns(IQueryable<User> users) =>
    [
        users.Beginning(context, Email, text).OrderBy(Email).ThenBy(user => user.Id),
        users.Beginning(context, UserName, text).NotBeginning(context, Email, text).OrderBy(UserName).ThenBy(user => user.Id),
        users.Beginning(context, FullName, text).NotBeginning(context, UserName, text).NotBeginning(context, Email, text).OrderBy(FullName).ThenBy(user => user.Id),
    ];
}
