namespace Portal.Accounts.Administration;

/// <summary>A user in a list.</summary>
public sealed record ListedUserInfo
{
    /// <summary>The id.</summary>
    public required long Id { get; init; }

    /// <summary>The address.</summary>
    public required string Email { get; init; }

    /// <summary>The username as typed; null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>The full name; null for none.</summary>
    public string? FullName { get; init; }

    /// <summary>What stands between them and signing in.</summary>
    public required UserState State { get; init; }

    /// <summary>Whether they may sign in.</summary>
    public bool IsActive { get; init; }

    /// <summary>When they were blocked; null when they are not.</summary>
    public DateTimeOffset? BlockedAt { get; init; }

    /// <summary>When they were verified; null when they are not.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Whether they are verified.</summary>
    public bool IsVerified => VerifiedAt is not null;

    /// <summary>Whether so many passwords were wrong in a row that none is taken but in browsers they signed in with.</summary>
    public bool HasTooManyWrongPasswords { get; init; }

    /// <summary>Whether two-step verification is on: a sign-in by password asks for a code.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>When the address was confirmed; null when it never was.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The part of the address behind the last @.</summary>
    public string? Domain { get; init; }

    /// <summary>The last sign-in; null for none.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>When the account was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Their roles, by name.</summary>
    public required IReadOnlyList<RoleInfo> Roles { get; init; }

    /// <summary>How many sessions they have, expired ones that nobody has ended yet among them.</summary>
    public int Sessions { get; init; }

    /// <summary>How many of their pages are open on this node.</summary>
    public int Tabs { get; init; }
}
