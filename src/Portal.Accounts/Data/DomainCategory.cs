namespace Portal.Accounts.Data;

/// <summary>A kind of e-mail domain. A new portal starts with a few, which a migration puts there.</summary>
internal sealed class DomainCategory
{
    public long Id { get; set; }

    public required string Name { get; set; }
}
