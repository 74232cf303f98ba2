namespace Portal.Accounts;

/// <summary>What stands between a user and signing in. The worst counts: a blocked user is not active either.</summary>
public enum UserState
{
    /// <summary>Nothing.</summary>
    Active,

    /// <summary>Active, but the address was never confirmed.</summary>
    Unconfirmed,

    /// <summary>Deactivated.</summary>
    Inactive,

    /// <summary>Blocked, which moderation does.</summary>
    Blocked,
}
