namespace Portal.Accounts.Administration;

/// <summary>A user as operators see them.</summary>
public sealed record UserInfo
{
    /// <summary>The id.</summary>
    public required long Id { get; init; }

    /// <summary>The address.</summary>
    public required string Email { get; init; }

    /// <summary>The username as typed; null when they have none.</summary>
    public string? UserName { get; init; }

    /// <summary>Whether they may sign in.</summary>
    public required bool IsActive { get; init; }

    /// <summary>When the address was confirmed; null when it never was.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When they were blocked; null when they are not.</summary>
    public DateTimeOffset? BlockedAt { get; init; }

    /// <summary>When they were verified; null when they are not.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Whether so many passwords were wrong in a row that none is taken but in browsers they signed in with. <see cref="Credentials.UserMove.Activate"/> begins anew.</summary>
    public bool HasTooManyWrongPasswords { get; init; }

    /// <summary>The last sign-in; null for none.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>The sign-in before the last one, which is what people are told of themselves; after the first that one, null for none.</summary>
    public DateTimeOffset? PreviousSignInAt { get; init; }

    /// <summary>When the account was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Their roles, by name.</summary>
    public required IReadOnlyList<RoleInfo> Roles { get; init; }
}
