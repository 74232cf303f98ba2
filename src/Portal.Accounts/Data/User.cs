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
    public string Profile
    {
        get;
        set
        {
            field = value;
            NormalizedFullName = (ProfileText.FullName(value) ?? "").ToUpperInvariant();
        }
    }
    = "{}";

    /// <summary>The full name in <see cref="Profile"/> as it is searched and sorted by; empty for none. Follows the profile by itself.</summary>
    public string NormalizedFullName { get; private set; } = "";

    /// <summary>A JSON object: visibility, e-mail visibility, language, time zone, theme.</summary>
    public string Preferences { get; set; } = "{}";

    /// <summary>Whether the password is shorter than one that stands alone has to be: it was chosen beside a second factor.</summary>
    public bool HasShortPassword { get; set; }

    /// <summary>The address a change was asked for and not yet confirmed; null when there is none.</summary>
    public string? NewEmail { get; set; }

    /// <summary>
    /// What passkeys call the person: random, the same for all of theirs, null until the first. Says nothing to a password
    /// manager that keeps it, where the id would (WebAuthn level 3, section 14.6.1).
    /// </summary>
    public string? PasskeyHandle { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The last sign-in; the least moment there is when there was none.</summary>
    public DateTimeOffset SignedInAt { get; set; }

    /// <summary>Worked out by the database from the columns above, so that it can be sought and sorted by.</summary>
    public UserState State { get; private set; }

    /// <summary>The normalised username, empty for none. Worked out by the database: what is sorted by must not be null.</summary>
    public string SortUserName { get; private set; } = "";

    /// <summary>0 without a second factor, 1 with one. Worked out by the database: what is sorted by must have an order.</summary>
    public int SortSecondFactor { get; private set; }

    /// <summary>How many roles they have, kept with the memberships so that a list can be sorted by it.</summary>
    public int RoleCount { get; set; }

    /// <summary>How many of their sessions are live, kept by who begins and who ends them.</summary>
    public int LiveSessions { get; private set; }

    public LoginInformation? LoginInformation { get; set; }
}
