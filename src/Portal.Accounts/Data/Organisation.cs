namespace Portal.Accounts.Data;

/// <summary>Whose e-mail domains are: a node of a tree.</summary>
internal sealed class Organisation : ITimestamped
{
    /// <summary>Deeper than this nobody nests; it also ends a circle that somebody wrote into the table.</summary>
    public const int MaxDepth = 20;

    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>How the world names it beyond doubt, such as its ROR address; null for nothing known.</summary>
    public string? Identifier { get; set; }

    /// <summary>Of which it is a part; null at the root. Never itself, nor a part of its own.</summary>
    public long? ParentId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
