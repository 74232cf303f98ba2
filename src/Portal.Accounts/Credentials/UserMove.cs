namespace Portal.Accounts.Credentials;

/// <summary>How an operator moves a user from one state to another. Each is refused or does nothing where it is so already.</summary>
public enum UserMove
{
    /// <summary>
    /// They may sign in (again): active, not blocked, address confirmed if it never was, to which their domain has its say as
    /// for <see cref="ConfirmEmail"/>. Also takes back a block, and lets a password in again after too many wrong ones in a row.
    /// </summary>
    Activate,

    /// <summary>They may not sign in; every session ends. Trust is lost with it: not verified any more.</summary>
    Deactivate,

    /// <summary>The same with a mark that says for misuse. Only <see cref="Activate"/> and <see cref="Verify"/> take it back.</summary>
    Block,

    /// <summary>They are trusted, whatever their domain is, and active for it: not blocked, address confirmed if it never was.</summary>
    Verify,

    /// <summary>They are not trusted any more; everything else stays.</summary>
    Unverify,

    /// <summary>Their address counts as confirmed without its link; a verified domain verifies them, of a blocked one it is refused.</summary>
    ConfirmEmail,
}
