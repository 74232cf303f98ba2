namespace Portal.Accounts.Credentials;

/// <summary>What became of an account's address when somebody said that a session was not theirs.</summary>
public enum AddressReturn
{
    /// <summary>That session had not replaced it, or it was replaced again since.</summary>
    None,

    /// <summary>The account has the address it had before; both mailboxes are told.</summary>
    Done,

    /// <summary>The former address belongs to somebody else by now, or its domain is blocked: the account keeps the one it was given. An operator can help.</summary>
    Refused,
}
