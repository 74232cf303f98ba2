namespace Portal.Accounts.Passkeys;

/// <summary>Why a passkey's answer was not taken.</summary>
public enum PasskeyRefusal
{
    /// <summary>It came too late, or was asked for elsewhere: in another session, in another browser, for something else.</summary>
    Expired,

    /// <summary>No account has this passkey, or not the one that was asked. Its password manager may forget it.</summary>
    Unknown,

    /// <summary>It proves nothing: made on another site, changed on its way, or without its person being verified.</summary>
    Rejected,

    /// <summary>It was taken once already.</summary>
    Replayed,

    /// <summary>Its counter runs behind, as that of a copied passkey would.</summary>
    Copied,

    /// <summary>What the database holds of it was not written by the portal.</summary>
    Altered,
}
