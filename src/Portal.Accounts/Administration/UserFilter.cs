namespace Portal.Accounts.Administration;

/// <summary>Which users. What is null narrows nothing; what is given must all hold.</summary>
public sealed record UserFilter
{
    /// <summary>Whose address begins with this text, whatever its case.</summary>
    public string? Text { get; init; }

    /// <summary>Who hold the role of this name.</summary>
    public string? Role { get; init; }

    /// <summary>With an address of exactly this domain.</summary>
    public string? Domain { get; init; }
}
