using System.Text.Json.Serialization;
using Portal.Accounts.Domains;

namespace Portal.Accounts.Administration;

/// <summary>Which users. What is null or false narrows nothing; what is given must all hold.</summary>
public sealed record UserFilter
{
    /// <summary>
    /// Whose address, username or full name holds this text anywhere, or whose id it is, whatever its case. Shorter than
    /// three characters, whose address begins with it. White space around it is no part of it.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>In this state.</summary>
    public UserState? State { get; init; }

    /// <summary>Verified by moderation or by their domain.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Whether two-step verification is on; null narrows nothing.</summary>
    public bool? HasSecondFactor { get; init; }

    /// <summary>For whom too many sign-ins failed lately, so that more are refused, or too many passwords in a row.</summary>
    public bool IsLocked { get; init; }

    /// <summary>With an open page on this node.</summary>
    public bool IsOnline { get; init; }

    /// <summary>Who hold the role of this name.</summary>
    public string? Role { get; init; }

    /// <summary>With an address of exactly this domain, in any case, in letters or as ASCII; an @ before it is no part of it.</summary>
    public string? Domain
    {
        get;
        // What is no domain is nobody's, and never as if none were asked for.
        init => field = string.IsNullOrWhiteSpace(value) ? null
            : value.Trim().TrimStart('@') is { Length: > 0 } name ? EmailAddress.DomainOf(name) ?? name.ToLowerInvariant()
            : value.Trim();
    }

    /// <summary>Whether it leaves everybody.</summary>
    [JsonIgnore]
    public bool IsEmpty => this == new UserFilter() || this == new UserFilter { Text = Text } && !HasText;

    /// <summary>Whether its text is more than white space.</summary>
    [JsonIgnore]
    internal bool HasText => !string.IsNullOrWhiteSpace(Text);
}
