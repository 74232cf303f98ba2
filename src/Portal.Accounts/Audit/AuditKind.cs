namespace Portal.Accounts.Audit;

/// <summary>What a security event is about. Stored and exported by name, words joined by hyphens: <c>signed-in</c>. Never rename one.</summary>
public enum AuditKind
{
    /// <summary>Somebody signed in; details say how.</summary>
    SignedIn,

    /// <summary>A sign-in with a wrong password, or with the right one of an account that may not sign in. Nobody's where the name is unknown.</summary>
    SignInFailed,

    /// <summary>Too many failures: sign-ins were refused unlooked at.</summary>
    SignInThrottled,

    /// <summary>Somebody signed out in that browser.</summary>
    SignedOut,

    /// <summary>A session ended otherwise; details say why.</summary>
    SessionEnded,

    /// <summary>They proved who they are once more in a running session.</summary>
    Confirmed,

    /// <summary>They could not: a wrong password or code, or a passkey that was refused.</summary>
    ConfirmationFailed,

    /// <summary>The account was made by its person.</summary>
    Registered,

    /// <summary>The account was made by an operator.</summary>
    AccountCreated,

    /// <summary>The address was confirmed by its link.</summary>
    EmailConfirmed,

    /// <summary>A link for a new password was mailed.</summary>
    PasswordResetRequested,

    /// <summary>A new password was chosen by that link.</summary>
    PasswordReset,

    /// <summary>The password was changed by who knew the former one.</summary>
    PasswordChanged,

    /// <summary>A change of address was asked for; nothing has changed yet.</summary>
    EmailChangeRequested,

    /// <summary>It was called off.</summary>
    EmailChangeStopped,

    /// <summary>The new address was confirmed and is the account's.</summary>
    EmailChanged,

    /// <summary>Profile fields changed.</summary>
    ProfileChanged,

    /// <summary>The picture changed or went.</summary>
    PictureChanged,

    /// <summary>Preferences changed.</summary>
    PreferencesChanged,

    /// <summary>Everything held about them was exported.</summary>
    DataExported,

    /// <summary>They said that something was not them.</summary>
    ReportedNotMe,

    /// <summary>The account was deleted.</summary>
    AccountDeleted,

    /// <summary>They may sign in again.</summary>
    Activated,

    /// <summary>Their right to sign in was taken.</summary>
    Deactivated,

    /// <summary>They were blocked.</summary>
    Blocked,

    /// <summary>They were verified.</summary>
    Verified,

    /// <summary>They got a role; details name it.</summary>
    RoleGiven,

    /// <summary>They lost a role; details name it.</summary>
    RoleTaken,

    /// <summary>A decision about an e-mail domain; details name it. Nobody's account.</summary>
    DomainChanged,

    /// <summary>An administrator began to act as them; details say why. From then on that administrator is the actor of what happens in that session.</summary>
    ImpersonationStarted,

    /// <summary>That session ended; details say why, and name the administrator.</summary>
    ImpersonationEnded,

    /// <summary>A role was made; details name it. Nobody's account.</summary>
    RoleCreated,

    /// <summary>They were trusted and are no longer.</summary>
    Unverified,

    /// <summary>The username was changed.</summary>
    UserNameChanged,

    /// <summary>Who an operator made the account for was mailed a link to take it over.</summary>
    Invited,

    /// <summary>They took it over: the address is confirmed, the first password chosen.</summary>
    InvitationAccepted,

    /// <summary>A role was renamed or described anew; details name it. Nobody's account.</summary>
    RoleChanged,

    /// <summary>A role was deleted; details name it. Nobody's account.</summary>
    RoleDeleted,

    /// <summary>An operator did something to many users; details say what, and each of their events carries its <c>batch</c>. Nobody's account.</summary>
    BatchStarted,

    /// <summary>A category or organisation of e-mail domains was made, changed or deleted; details name it. Nobody's account.</summary>
    DomainLabelChanged,

    /// <summary>They, or an operator, took an external identity from them; details name it.</summary>
    IdentityUnlinked,

    /// <summary>An operator had a mail about them tried again; details say which kind.</summary>
    MailRetried,

    /// <summary>An operator dropped a mail about them that was not sent yet; details say which kind.</summary>
    MailDropped,

    /// <summary>An authenticator app is asked for from now on.</summary>
    SecondFactorAdded,

    /// <summary>It is not any more; details may hold an operator's reason.</summary>
    SecondFactorRemoved,

    /// <summary>New recovery codes were made, and the former ones are void.</summary>
    RecoveryCodesRenewed,

    /// <summary>A recovery code was used in place of the app; details say how many are left.</summary>
    RecoveryCodeUsed,

    /// <summary>They linked an external identity; details name it.</summary>
    IdentityLinked,

    /// <summary>They added a passkey; details name it.</summary>
    PasskeyAdded,

    /// <summary>They gave a passkey another name; details say which before and after.</summary>
    PasskeyRenamed,

    /// <summary>A passkey was removed; details name it.</summary>
    PasskeyRemoved,

    /// <summary>The recovery codes were taken away and the app stays.</summary>
    RecoveryCodesRemoved,

    /// <summary>The password was taken away, for it was too short to stand alone; another is chosen by a mailed link.</summary>
    PasswordRemoved,
}
