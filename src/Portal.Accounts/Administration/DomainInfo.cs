using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>An e-mail domain and what was decided about it.</summary>
public sealed record DomainInfo
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Lower case ASCII.</summary>
    public required string Name { get; init; }

    /// <summary>new, moderated, verified or blocked.</summary>
    public required string Status { get; init; }

    /// <summary>What kind it is of; null for unknown.</summary>
    public DomainCategoryInfo? Category { get; init; }

    /// <summary>Whose it is; null for unknown.</summary>
    public OrganisationInfo? Organisation { get; init; }

    /// <summary>Somebody asks for it to be looked at.</summary>
    public bool IsFlagged { get; init; }

    /// <summary>Who flagged it, in their words; null unless flagged.</summary>
    public string? FlagSource { get; init; }

    /// <summary>Its people, without those of subdomains. Always right.</summary>
    public required UserCountInfo Users { get; init; }

    /// <summary>When it was listed.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Another one as soon as something else is decided or known of it; not with its people.</summary>
    public string Version { get; init; } = "";
}
