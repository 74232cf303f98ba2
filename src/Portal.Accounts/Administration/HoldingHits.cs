using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Whose address, username or full name holds a text anywhere; very many come in the order of their ids.</summary>
/// <param name="text">Normalised.</param>
/// <param name="ids">As the index of texts has them.</param>
/// <param name="beginning">Who of them begins so: counted in no time, while texts of frequent letters are slowly told from one another.</param>
internal sealed class HoldingHits(string text, IQueryable<long> ids, BeginningHits beginning) : ITextHits
{
    public IQueryable<long> Ids => ids;

    public IQueryable<User> Among(IQueryable<User> users) =>
        users.Where(user => user.NormalizedEmail!.Contains(text) || user.SortUserName.Contains(text) || user.NormalizedFullName.Contains(text));

    public async Task<IReadOnlyList<long>?> FewAsync(CancellationToken cancellationToken) =>
        await beginning.FewAsync(cancellationToken) is null ? null : await ids.FewAsync(cancellationToken);

    public async Task<ListPage<long>> ReadAsync(IQueryable<User> users, ListWindow window, CancellationToken cancellationToken)
    {
        var page = new PageReading<IdPlace>(window, place => place.Id > 0);
        var rows = page switch
        {
            { Place: not { } } => ids,
            { IsBack: true, Place.Id: var id } => ids.Where(found => found < id),
            { Place.Id: var id } => ids.Where(found => found > id),
        };
        rows = page.IsBack ? rows.OrderByDescending(id => id) : rows.OrderBy(id => id);
        var found = await UserFilters.Joined(rows, users).Select(user => user.Id).Skip(page.Skip).Take(page.Take).ToListAsync(cancellationToken);
        return page.Cut(found, ListTotal.Many, id => new IdPlace(id));
    }
}
