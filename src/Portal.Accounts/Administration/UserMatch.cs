using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Who matches a filter, as a query that is quick for how many they are.</summary>
/// <param name="Users">Who. Sorted as <paramref name="Order"/> allows, a page takes a few steps.</param>
/// <param name="Total">How many.</param>
/// <param name="Order">In which orders they can be had.</param>
internal sealed record UserMatch(IQueryable<User> Users, ListTotal Total, UserOrder Order)
{
    /// <summary>The ids that the text is found by; with <see cref="UserOrder.Found"/> alone.</summary>
    public IQueryable<long>? Ids { get; init; }

    /// <summary>Whose id the text is: they match too, whatever their texts hold. With <see cref="Ids"/> alone; null for nobody.</summary>
    public long? Exact { get; init; }
}
