using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Whom a text finds, by indexes that are made for it.</summary>
internal interface ITextHits
{
    /// <summary>Their ids: all, each once, in no order.</summary>
    IQueryable<long> Ids { get; }

    /// <summary>Those of a few users, each held against the text itself.</summary>
    IQueryable<User> Among(IQueryable<User> users);

    /// <summary>Their ids where they are at most <see cref="ListTotal.Most"/>; null where they are more.</summary>
    Task<IReadOnlyList<long>?> FewAsync(CancellationToken cancellationToken);

    /// <summary>One page of very many, in the order in which the indexes have them: the rest of them is not read for it.</summary>
    /// <param name="users">Who may be among them.</param>
    /// <param name="window">Which page.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    Task<ListPage<long>> ReadAsync(IQueryable<User> users, ListWindow window, CancellationToken cancellationToken);
}
