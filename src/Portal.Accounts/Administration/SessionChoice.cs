namespace Portal.Accounts.Administration;

/// <summary>Which live sessions to end. Each way is named; there is no empty choice that would end all by omission.</summary>
public sealed record SessionChoice
{
    private SessionChoice(IReadOnlyCollection<string>? ids, SessionSearch? search) => (Ids, Search) = (ids, search);

    internal IReadOnlyCollection<string>? Ids { get; }

    internal SessionSearch? Search { get; }

    /// <summary>These, by their public ids; what is no id is none.</summary>
    public static SessionChoice These(params IEnumerable<string> ids) => new([.. ids], null);

    /// <summary>All that a search leaves.</summary>
    public static SessionChoice Matching(SessionSearch search) => new(null, search);

    /// <summary>Everybody's.</summary>
    public static SessionChoice Everybodys { get; } = Matching(new SessionSearch());
}
