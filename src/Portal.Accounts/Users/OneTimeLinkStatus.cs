namespace Portal.Accounts.Users;

/// <summary>How a link from a mail stands.</summary>
public enum OneTimeLinkStatus
{
    /// <summary>Unknown, mangled, or of another purpose.</summary>
    Invalid,

    /// <summary>Used already, or replaced by a newer one.</summary>
    Used,

    /// <summary>Older than its life.</summary>
    Expired,

    /// <summary>Works, once.</summary>
    Usable,
}
