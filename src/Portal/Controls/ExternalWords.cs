using Portal.Accounts.SignIn.External;

namespace Portal.Controls;

/// <summary>Why a way through a provider led nowhere, and what to do.</summary>
internal static class ExternalWords
{
    public static (string What, string Next) For(ExternalRefusal why) => why switch
    {
        ExternalRefusal.Denied => ("You stopped at the provider.", "Nothing has changed. Try again, or choose another way."),
        ExternalRefusal.Expired => ("The way back from the provider no longer works.", "It took too long, or was begun in another browser. Try again from here."),
        ExternalRefusal.Unreachable => ("The provider does not answer right now.", "Try again in a minute, or choose another way."),
        ExternalRefusal.Failed => ("What the provider answered could not be trusted.", "Nothing has changed. Try again; if it keeps happening, tell the people who run this site."),
        ExternalRefusal.NoAccount => ("No account here is linked to that identity.", "Sign in another way, then link it under \"Linked identities\"."),
        ExternalRefusal.Inactive => ("This account is deactivated.", "Ask the people who run this site."),
        ExternalRefusal.Unconfirmed => ("Your address is not confirmed yet.", "Follow the link in the mail we sent you, or have a new one sent."),
        ExternalRefusal.AlreadyYours => ("That identity is linked to your account already.", "You can sign in with it; there is nothing to do."),
        ExternalRefusal.LinkedElsewhere => ("That identity is linked to another account.", "Unlink it there first, or choose another identity at the provider."),
        ExternalRefusal.OnePerProvider => ("Your account has another identity of this provider.", "Unlink that one first, then link the new one."),
        ExternalRefusal.OtherSession => ("You are no longer signed in as you were when you began.", "Nothing has changed. Try again from here."),
        ExternalRefusal.NotRecent => ("It has been a while since you proved who you are.", "Press the button once more; we ask for that first."),
        ExternalRefusal.Undated => ("The provider does not say when you signed in there.", "You can sign in with it, but it cannot confirm that it is you now. Confirm another way: by a passkey or a password."),
        _ => ("The provider did not prove that it is you.", "Sign in there anew, with the identity that is linked to this account."),
    };
}
