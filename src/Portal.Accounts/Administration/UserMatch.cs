using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Who matches a filter, as a query that is quick for how many they are.</summary>
/// <param name="Users">Who. A page takes a few steps in any order; with <see cref="Ids"/> by id alone.</param>
/// <param name="Total">How many.</param>
internal sealed record UserMatch(IQueryable<User> Users, ListTotal Total)
{
    /// <summary>Where a text finds very many: their ids as its indexes have them. One index is read no further than asked for; what several find is put together first.</summary>
    public IQueryable<long>? Ids { get; init; }

    /// <summary>Whose id the text is: they match too, whatever their texts hold. With <see cref="Ids"/> alone; null for nobody.</summary>
    public long? Exact { get; init; }
}
