namespace Portal.Accounts.Administration;

/// <summary>What a decision about a domain would do now, to its people and to those of subdomains about which nothing was decided.</summary>
/// <param name="People">Whom it would block or verify.</param>
/// <param name="Sessions">How many live sessions it would end. Counting stops at <see cref="ListTotal.Most"/>.</param>
/// <param name="PeopleSignedIn">How many people have them. No more are counted than <paramref name="Sessions"/> was counted to.</param>
/// <param name="PeopleOnline">How many of these have an open page on this node.</param>
public sealed record DomainEffect(long People, ListTotal Sessions, int PeopleSignedIn, int PeopleOnline)
{
    /// <summary>Nothing.</summary>
    public static DomainEffect None { get; } = new(0, new ListTotal(0), 0, 0);
}
