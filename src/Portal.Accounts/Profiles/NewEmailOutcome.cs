using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <summary>What became of a link that confirms a new address.</summary>
public abstract record NewEmailOutcome
{
    private NewEmailOutcome()
    {
    }

    /// <summary>The account has the new address.</summary>
    /// <param name="Email">Which one.</param>
    public sealed record Changed(string Email) : NewEmailOutcome;

    /// <summary>The link is right, but the address cannot be taken any more. The account keeps the one it has.</summary>
    /// <param name="Message">Why, with what to do.</param>
    public sealed record Refused(string Message) : NewEmailOutcome;

    /// <summary>The link does not work.</summary>
    /// <param name="Status">Why; never <see cref="OneTimeLinkStatus.Usable"/>.</param>
    public sealed record Dead(OneTimeLinkStatus Status) : NewEmailOutcome;
}
