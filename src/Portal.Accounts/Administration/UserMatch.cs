using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Who matches a filter, as a query that is quick for how many they are.</summary>
/// <param name="Users">Who. A page takes a few steps in any order; with <see cref="Hits"/> in theirs alone.</param>
/// <param name="Total">How many.</param>
internal sealed record UserMatch(IQueryable<User> Users, ListTotal Total)
{
    /// <summary>Where a text finds very many: those, of whom only <see cref="Users"/> match.</summary>
    public ITextHits? Hits { get; init; }

    /// <summary>Whose id the text is: they match too, whatever their texts hold. With <see cref="Hits"/> alone; null for nobody.</summary>
    public long? Exact { get; init; }
}
