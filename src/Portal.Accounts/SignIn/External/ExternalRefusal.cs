namespace Portal.Accounts.SignIn.External;

/// <summary>Why a way through a provider led nowhere. Nothing was changed. Named in addresses, words joined by hyphens.</summary>
public enum ExternalRefusal
{
    /// <summary>The person said no at the provider.</summary>
    Denied,

    /// <summary>It took too long, was begun in another browser, or came back twice.</summary>
    Expired,

    /// <summary>The provider does not answer.</summary>
    Unreachable,

    /// <summary>What the provider said does not hold: signature, issuer, audience, time or nonce.</summary>
    Failed,

    /// <summary>No account has this identity, and registration is off.</summary>
    NoAccount,

    /// <summary>The account was deactivated or blocked.</summary>
    Inactive,

    /// <summary>The account's address is not confirmed yet.</summary>
    Unconfirmed,

    /// <summary>The identity is linked to this account already.</summary>
    AlreadyYours,

    /// <summary>The identity is linked to another account.</summary>
    LinkedElsewhere,

    /// <summary>This account is linked to another identity of the same provider.</summary>
    OnePerProvider,

    /// <summary>The session in which it was asked for is over.</summary>
    OtherSession,

    /// <summary>Who it is was not proved lately.</summary>
    NotRecent,

    /// <summary>The provider proved somebody else, or a proof that is too old.</summary>
    NotProved,

    /// <summary>The provider does not say when they signed in there, so it cannot prove that it is them now.</summary>
    Undated,
}
