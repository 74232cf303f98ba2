using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>Everything an operator sees of one user, as it was when it was read.</summary>
public sealed record UserDetails
{
    /// <summary>What lists show of them.</summary>
    public required UserInfo User { get; init; }

    /// <summary>Every field an operator may change, as <see cref="UserEdit"/> names them; null where it is empty.</summary>
    public required IReadOnlyDictionary<string, string?> Values { get; init; }

    /// <summary>The fields of a profile, in the order the settings give.</summary>
    public required IReadOnlyList<ProfileField> Fields { get; init; }

    /// <summary>Changes whenever the account does; opaque.</summary>
    public required string Version { get; init; }

    /// <summary>Whether they have a password.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>The external providers they linked, by name.</summary>
    public required IReadOnlyList<string> Providers { get; init; }

    /// <summary>Their passkeys, the oldest first.</summary>
    public required IReadOnlyList<UserPasskeyInfo> Passkeys { get; init; }

    /// <summary>Since when an authenticator app is asked of them; null for none.</summary>
    public DateTimeOffset? AppSince { get; init; }

    /// <summary>How many recovery codes they have left.</summary>
    public int RecoveryCodesLeft { get; init; }

    /// <summary>Whether they were invited and have yet to choose a password.</summary>
    public bool IsInvited => !HasPassword && User.ConfirmedAt is null;

    /// <summary>Whether they could sign in now: active, with a confirmed address where that is demanded, and with something that proves who they are.</summary>
    public bool CanSignIn { get; init; }

    /// <summary>Whether a link can be mailed to them: another invitation, or one for a new password.</summary>
    public bool CanBeSentLink { get; init; }

    /// <summary>The address they asked for and have yet to confirm; null for none.</summary>
    public string? NewEmail { get; init; }

    /// <summary>Whether what was decided about the domain of their address blocks everybody of it.</summary>
    public bool IsDomainBlocked { get; init; }

    /// <summary>How often they signed in.</summary>
    public int SignIns { get; init; }
}
