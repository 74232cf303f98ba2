using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;

namespace Portal.Admin;

/// <summary>One way to move a user, in words.</summary>
/// <param name="Move">Which.</param>
/// <param name="Verb">What the button says.</param>
/// <param name="Effect">What follows from it.</param>
/// <param name="Done">What is said afterwards, behind their address.</param>
internal sealed record ModerationAct(UserMove Move, string Verb, string Effect, string Done)
{
    /// <summary>Whether it takes something from them.</summary>
    public bool IsLoss => Move is UserMove.Deactivate or UserMove.Block;

    /// <summary>What is asked before it.</summary>
    public string Question(string email) => Move is UserMove.Unverify ? $"{Verb} of {email}?" : $"{Verb} {email}?";

    /// <summary>Those that would change something, the harmless ones first.</summary>
    public static IReadOnlyList<ModerationAct> For(UserDetails user)
    {
        var state = user.User;
        List<ModerationAct> acts = [];
        if (!state.IsActive)
        {
            acts.Add(state.BlockedAt is null
                ? new(UserMove.Activate, "Activate", "They may sign in again.", "may sign in.")
                : new(UserMove.Activate, "Unblock", user.IsDomainBlocked ? "They may sign in again. Their email domain stays blocked." : "They may sign in again.", "is not blocked any more."));
        }
        else if (state is { HasTooManyWrongPasswords: true, ConfirmedAt: not null })
        {
            acts.Add(new(
                UserMove.Activate, "Let the password in again",
                "A hundred wrong ones in a row were given, so it is taken only in browsers they signed in with before. Be sure who asks you: the count begins anew, for whoever guesses too.",
                "may sign in with the password in any browser."));
        }

        if (state.ConfirmedAt is null && state.IsActive)
        {
            acts.Add(new(UserMove.ConfirmEmail, "Confirm address", "The address counts as confirmed without its link.", "counts as confirmed."));
        }

        acts.Add(state.VerifiedAt is null
            ? new(UserMove.Verify, "Verify", "You vouch for the person: trusted, active, address confirmed.", "is verified.")
            : new(UserMove.Unverify, "Take back verification", "They are not trusted any more; everything else stays.", "is not verified any more."));
        if (state.IsActive)
        {
            acts.Add(new(UserMove.Deactivate, "Deactivate", "They cannot sign in, and are signed out everywhere at once. A mail tells them.", "may not sign in any more."));
        }

        if (state.BlockedAt is null)
        {
            acts.Add(new(UserMove.Block, "Block", "They cannot sign in, are signed out everywhere at once, and are marked for misuse. A mail tells them.", "is blocked."));
        }

        return acts;
    }
}
