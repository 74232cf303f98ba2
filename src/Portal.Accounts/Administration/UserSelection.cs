namespace Portal.Accounts.Administration;

/// <summary>Which users something is done with. There is no empty selection that would mean all by omission.</summary>
public abstract record UserSelection
{
    private UserSelection()
    {
    }

    /// <summary>These.</summary>
    /// <param name="Ids">Their ids; at most 10,000.</param>
    public sealed record Some(IReadOnlyCollection<long> Ids) : UserSelection;

    /// <summary>Everybody whom a filter matches when it begins; who comes to match it later is not meant.</summary>
    /// <param name="Filter">The filter; an empty one matches everybody.</param>
    public sealed record Matching(UserFilter Filter) : UserSelection
    {
        /// <summary>The ids of those who are left alone all the same; at most 10,000.</summary>
        public IReadOnlyCollection<long> Except { get; init; } = [];
    }
}
