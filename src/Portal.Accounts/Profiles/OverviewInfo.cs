namespace Portal.Accounts.Profiles;

/// <summary>How an account stands.</summary>
public sealed record OverviewInfo
{
    /// <summary>The account's address.</summary>
    public required string Email { get; init; }

    /// <summary>The username; null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>The name in the profile; null when it is empty, or the site asks for none.</summary>
    public string? FullName { get; init; }

    /// <summary>Whether the profile has a field for the name, and it is empty.</summary>
    public bool IsNameMissing { get; init; }

    /// <summary>Whether the address is known to be theirs.</summary>
    public required bool IsEmailConfirmed { get; init; }

    /// <summary>The address it is to become; null when no change was asked for.</summary>
    public string? NewEmail { get; init; }

    /// <summary>Until when the new address can be confirmed; null when its link has expired, or there is none.</summary>
    public DateTimeOffset? NewEmailExpiresAt { get; init; }

    /// <summary>The roles they hold, by name.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When the account was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The sign-in before the latest one, wherever it was; to an administrator who acts as them the latest. Null when there was none.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>Whether they have a password with which they can sign in.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Whether they could sign in by a passkey here and have none.</summary>
    public bool LacksPasskey { get; init; }

    /// <summary>Whether a second factor is asked for.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>How many recovery codes are left, where a second factor is asked for.</summary>
    public int RecoveryCodesLeft { get; init; }

    /// <summary>Whether it is time for new ones: three or fewer are left.</summary>
    public bool AreRecoveryCodesFew => HasSecondFactor && RecoveryCodesLeft <= Credentials.Factors.RecoveryCodes.Few;

    /// <summary>Whether the password is too short to stand alone, and there is no second factor beside it any more.</summary>
    public bool IsPasswordShort { get; init; }

    /// <summary>Live sessions of theirs, the asking one among them; none in which an administrator acts as them.</summary>
    public required int Sessions { get; init; }

    /// <summary>Of these, how many have a tab connected to this node now.</summary>
    public required int SessionsOnline { get; init; }

    /// <summary>
    /// Of these, how many other than the asking one look forgotten or foreign: not seen for a week, or of a browser that
    /// could not be told.
    /// </summary>
    public required int SessionsInDoubt { get; init; }
}
