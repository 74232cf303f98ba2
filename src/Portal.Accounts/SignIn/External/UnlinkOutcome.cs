namespace Portal.Accounts.SignIn.External;

/// <summary>What became of taking an identity from one's account.</summary>
public abstract record UnlinkOutcome
{
    private UnlinkOutcome()
    {
    }

    /// <summary>It no longer opens the account. A mail says so.</summary>
    /// <param name="EndedSessions">How many other sessions ended with it.</param>
    public sealed record Done(int EndedSessions) : UnlinkOutcome;

    /// <summary>Without it they could not sign in any more. Nothing changed.</summary>
    public sealed record LastWayIn : UnlinkOutcome;

    /// <summary>They have no such identity, or none any more.</summary>
    public sealed record NotFound : UnlinkOutcome;

    /// <summary>The session must first prove once more who is at it.</summary>
    public sealed record NeedsRecentAuthentication : UnlinkOutcome;

    /// <summary>An administrator acts as this person, whose alone the ways in are. Nothing changed.</summary>
    public sealed record Impersonating : UnlinkOutcome;

    /// <summary>The session that asked has ended.</summary>
    public sealed record Gone : UnlinkOutcome;
}
