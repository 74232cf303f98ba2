namespace Portal.Accounts.Administration;

/// <summary>Which e-mail domains; what is null filters nothing.</summary>
public sealed record DomainFilter
{
    /// <summary>Part of a name, in any case and script.</summary>
    public string? Search { get; init; }

    /// <summary>new, moderated, verified or blocked; other text matches nothing.</summary>
    public string? Status { get; init; }

    /// <summary>Flagged or not.</summary>
    public bool? IsFlagged { get; init; }

    /// <summary>Of this category.</summary>
    public long? CategoryId { get; init; }

    /// <summary>Of this organisation, without its parts.</summary>
    public long? OrganisationId { get; init; }
}
