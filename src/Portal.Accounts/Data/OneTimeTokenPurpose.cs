namespace Portal.Accounts.Data;

/// <summary>What a one-time link is for. Numbers are stored: never renumber.</summary>
internal enum OneTimeTokenPurpose
{
    ConfirmEmail = 1,
    ResetPassword = 2,
    Setup = 3,

    /// <summary>Makes the address it was sent to the account's own. Bound to that address.</summary>
    ChangeEmail = 4,

    /// <summary>Calls a change of address off. Bound to the address it was to become.</summary>
    StopEmailChange = 5,

    /// <summary>"This wasn't me": ends one session. Bound to its public id.</summary>
    NotMe = 6,

    /// <summary>Takes over an account that an operator made. Bound to its address.</summary>
    Invitation = 7,

    /// <summary>A provider's notice that a session is over: nobody's, kept so that it works once.</summary>
    ProviderLogout = 8,

    /// <summary>A passkey's answer that was taken: no link, and used from its first moment. Not taken a second time.</summary>
    PasskeyAnswer = 9,

    /// <summary>What a provider proved and was taken: no link, and used from its first moment. Not taken a second time.</summary>
    ProviderProof = 10,
}
