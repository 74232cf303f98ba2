namespace Portal.Accounts.Data;

/// <summary>A kind of e-mail domain.</summary>
internal sealed class DomainCategory
{
    /// <summary>What a new portal starts with.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["company", "organization", "mail-provider", "spammer"];

    public long Id { get; set; }

    public required string Name { get; set; }
}
