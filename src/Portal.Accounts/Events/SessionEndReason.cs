namespace Portal.Accounts.Events;

/// <summary>Why a session ended, as <c>/signed-out?reason=</c> and the session list tell it.</summary>
public enum SessionEndReason
{
    /// <summary>The person signed out in that browser. Name: <c>you</c>.</summary>
    You,

    /// <summary>The person ended it from another of their sessions. Name: <c>revoked</c>.</summary>
    Revoked,

    /// <summary>The person signed out everywhere else. Name: <c>everywhere</c>.</summary>
    Everywhere,

    /// <summary>An administrator or operator ended it. Name: <c>administrator</c>.</summary>
    Administrator,

    /// <summary>The account was deactivated. Name: <c>deactivated</c>.</summary>
    Deactivated,

    /// <summary>The account was blocked. Name: <c>blocked</c>.</summary>
    Blocked,

    /// <summary>The password was changed or reset. Name: <c>password-changed</c>.</summary>
    PasswordChanged,

    /// <summary>Silent for longer than its idle limit. Name: <c>idle</c>.</summary>
    Idle,

    /// <summary>Older than its absolute limit. Name: <c>expired</c>.</summary>
    Expired,

    /// <summary>A newer sign-in took its place: in the same browser, or over the account's maximum. Name: <c>replaced</c>.</summary>
    Replaced,

    /// <summary>The account was deleted, the session's row with it. Name: <c>deleted</c>.</summary>
    Deleted,

    /// <summary>An administrator who acted as the person went back, or may no longer. Name: <c>left</c>.</summary>
    Left,

    /// <summary>The provider that vouched for the sign-in said that its own session is over. Name: <c>provider</c>.</summary>
    Provider,
}
