using Portal.Accounts.Events;

namespace Portal.Account;

/// <summary>Why somebody is signed out, and what they can do about it.</summary>
internal static class SignedOutWords
{
    private const string NotYou = "If that was not you, sign in and change your password.";

    public static (string What, string Next) For(SessionEndReason? reason) => reason switch
    {
        SessionEndReason.You => ("You signed out of this browser.", "Close the window if others use this device too."),
        SessionEndReason.Revoked => ("This session was ended from another of your devices.", NotYou),
        SessionEndReason.Everywhere => ("You signed out everywhere else, so this session ended too.", NotYou),
        SessionEndReason.Administrator => ("An administrator ended this session.", "You can sign in again. If it keeps happening, ask the people who run this site."),
        SessionEndReason.Deactivated => ("This account was deactivated.", "Nobody can sign in to it any more. If you think this is a mistake, ask the people who run this site."),
        SessionEndReason.Blocked => ("This account was blocked.", "You cannot sign in any more. If you think this is a mistake, ask the people who run this site."),
        SessionEndReason.PasswordChanged => ("The password was changed, so this session ended.", "Sign in with the new password. If you did not change it, ask for help at once."),
        SessionEndReason.Idle => ("This session ended because it was not used for a while.", "Sign in again to go on where you were."),
        SessionEndReason.Expired => ("This session reached its longest allowed time.", "Sign in again to go on where you were."),
        SessionEndReason.Replaced => ("A newer sign-in took the place of this session.", NotYou),
        SessionEndReason.Deleted => ("This account was deleted.", "It is gone with everything in it, and signed out everywhere. If that was not you, ask the people who run this site at once."),
        SessionEndReason.Provider => ("The provider you signed in with ended this session.", "You signed out there, or somebody ended it for you. Sign in again to go on."),
        SessionEndReason.Left => ("You no longer act as another person.", "Sign in with your own account to go on."),
        _ => ("You are not signed in.", "Sign in to see your account."),
    };
}
