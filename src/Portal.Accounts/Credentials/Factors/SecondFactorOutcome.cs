namespace Portal.Accounts.Credentials.Factors;

/// <summary>How it went with somebody's own second factor.</summary>
public abstract record SecondFactorOutcome
{
    private SecondFactorOutcome()
    {
    }

    /// <summary>A key to put into an authenticator app; nothing has changed yet.</summary>
    /// <param name="Setup">The key.</param>
    public sealed record Begun(AuthenticatorSetup Setup) : SecondFactorOutcome;

    /// <summary>Done.</summary>
    /// <param name="RecoveryCodes">New codes, to be shown this once; empty when none were made.</param>
    /// <param name="EndedSessions">How many other sessions ended.</param>
    public sealed record Done(IReadOnlyList<string> RecoveryCodes, int EndedSessions) : SecondFactorOutcome
    {
        /// <summary>Says how many, never the codes.</summary>
        public override string ToString() => $"Done, with {RecoveryCodes.Count} codes and {EndedSessions} ended sessions";
    }

    /// <summary>The session must first prove once more who is at it.</summary>
    public sealed record NeedsRecentAuthentication : SecondFactorOutcome;

    /// <summary>The code is not the app's of this moment; nothing changed.</summary>
    public sealed record WrongCode : SecondFactorOutcome;

    /// <summary>There is an authenticator app already, perhaps from another tab.</summary>
    public sealed record AlreadyThere : SecondFactorOutcome;

    /// <summary>There is none, or no longer.</summary>
    public sealed record NotThere : SecondFactorOutcome;

    /// <summary>The password is too short to stand alone: choose a longer one first.</summary>
    /// <param name="MinimumLength">How long it has to be, in characters.</param>
    public sealed record NeedsLongerPassword(int MinimumLength) : SecondFactorOutcome;

    /// <summary>Too many wrong codes lately, or too many people at this moment.</summary>
    /// <param name="RetryAfter">How long to wait.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : SecondFactorOutcome;

    /// <summary>An administrator acts as this person, whose alone this is.</summary>
    public sealed record Impersonating : SecondFactorOutcome;

    /// <summary>The session has ended meanwhile.</summary>
    public sealed record Gone : SecondFactorOutcome;
}
