namespace Portal.Accounts.Profiles;

/// <summary>What became of asking to delete one's account.</summary>
public abstract record DeletionOutcome
{
    private DeletionOutcome()
    {
    }

    /// <summary>There is no such account any more.</summary>
    /// <param name="EndedSessions">How many sessions ended with it, the asking one among them.</param>
    public sealed record Deleted(int EndedSessions) : DeletionOutcome;

    /// <summary>The session must first prove once more who is at it. Nothing else stands in the way.</summary>
    public sealed record NeedsRecentAuthentication : DeletionOutcome;

    /// <summary>What was typed is not the account's address.</summary>
    public sealed record WrongEmail : DeletionOutcome;

    /// <summary>Nobody else could administer then. Another person must get the role first.</summary>
    public sealed record LastAdministrator : DeletionOutcome;

    /// <summary>An administrator acts as this person, who alone may delete the account. Nothing changed.</summary>
    public sealed record Impersonating : DeletionOutcome;

    /// <summary>The session that asked has ended.</summary>
    public sealed record Gone : DeletionOutcome;
}
