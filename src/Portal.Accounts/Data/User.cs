using Microsoft.AspNetCore.Identity;

namespace Portal.Accounts.Data;

/// <summary>A person with an account. Addresses and names are compared by their normalised columns only.</summary>
internal sealed class User : IdentityUser<long>, ITimestamped
{
    /// <summary>May sign in at all; false after deactivation and blocking.</summary>
    public bool IsActive { get; set; } = true;

    public DateTimeOffset? ConfirmedAt { get; set; }

    public DateTimeOffset? BlockedAt { get; set; }

    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>The part of the address behind the last @, lower case, without a trailing dot.</summary>
    public string? Domain { get; set; }

    /// <summary>A JSON object, checked against the profile schema before it is written.</summary>
    public string Profile { get; set; } = "{}";

    /// <summary>A JSON object: visibility, e-mail visibility, language, time zone, theme.</summary>
    public string Preferences { get; set; } = "{}";

    /// <summary>The address a change was asked for and not yet confirmed; null when there is none.</summary>
    public string? NewEmail { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public LoginInformation? LoginInformation { get; set; }
}
