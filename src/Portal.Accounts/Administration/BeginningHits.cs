using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Whose address, username or full name begins with a text, each by the index of its column.</summary>
/// <remarks>
/// Very many come column by column: first by address whose address begins so, then by username who are left, then by full
/// name. Put together in one order they would all have to be read for every page.
/// </remarks>
internal sealed class BeginningHits : ITextHits
{
    private static readonly Expression<Func<User, string?>> Email = user => user.NormalizedEmail;
    private static readonly Expression<Func<User, string?>> UserName = user => user.SortUserName;
    private static readonly Expression<Func<User, string?>> FullName = user => user.NormalizedFullName;

    private readonly IQueryable<User> everybody;
    private readonly IReadOnlyList<Func<IQueryable<User>, IQueryable<Place>>> columns;

    /// <param name="context">Where.</param>
    /// <param name="text">Normalised.</param>
    public BeginningHits(PortalDbContext context, string text)
    {
        everybody = context.Users;
        columns =
        [
            users => users.Beginning(context, Email, text).Select(user => new Place { Column = 0, Key = user.NormalizedEmail!, Id = user.Id }),
            users => users.Beginning(context, UserName, text).NotBeginning(context, Email, text).Select(user => new Place { Column = 1, Key = user.SortUserName, Id = user.Id }),
            users => users.Beginning(context, FullName, text).NotBeginning(context, UserName, text).NotBeginning(context, Email, text)
                .Select(user => new Place { Column = 2, Key = user.NormalizedFullName, Id = user.Id }),
        ];
    }

    public IQueryable<long> Ids => columns.Select(column => column(everybody).Select(found => found.Id)).Aggregate(Queryable.Concat);

    public async Task<IReadOnlyList<long>?> FewAsync(CancellationToken cancellationToken)
    {
        List<long> few = [];
        foreach (var column in columns)
        {
            few.AddRange(await column(everybody).Select(found => found.Id).Take(ListTotal.Most + 1 - few.Count).ToListAsync(cancellationToken));
            if (few.Count > ListTotal.Most)
            {
                return null;
            }
        }

        return few;
    }

    public async Task<ListPage<long>> ReadAsync(IQueryable<User> users, ListWindow window, CancellationToken cancellationToken)
    {
        var page = new PageReading<Place>(window, place => place.Key is not null);
        var wanted = page.Skip + page.Take;
        var first = page.Place?.Column ?? (page.IsBack ? columns.Count - 1 : 0);
        List<Place> found = [];
        for (var column = first; column >= 0 && column < columns.Count && found.Count < wanted; column += page.IsBack ? -1 : 1)
        {
            var rows = columns[column](users);
            rows = page.Place is { } place && place.Column == column ? Beyond(rows, place, page.IsBack) : rows;
            rows = page.IsBack ? rows.OrderByDescending(row => row.Key).ThenByDescending(row => row.Id) : rows.OrderBy(row => row.Key).ThenBy(row => row.Id);
            found.AddRange(await rows.Take(wanted - found.Count).ToListAsync(cancellationToken));
        }

        var cut = page.Cut([.. found.Skip(page.Skip)], ListTotal.Many, place => place);
        return cut.With([.. cut.Results.Select(place => place.Id)]);
    }

    private static IQueryable<Place> Beyond(IQueryable<Place> rows, Place place, bool isBack) => isBack
        ? rows.Where(row => string.Compare(row.Key, place.Key) <= 0 && (string.Compare(row.Key, place.Key) < 0 || row.Id < place.Id))
        : rows.Where(row => string.Compare(row.Key, place.Key) >= 0 && (string.Compare(row.Key, place.Key) > 0 || row.Id > place.Id));

    private sealed record Place
    {
        public int Column { get; init; }

        public string Key { get; init; } = null!;

        public long Id { get; init; }
    }
}
