namespace Portal.Accounts.Mail;

/// <summary>What became of a message that was handed over.</summary>
public abstract record MailOutcome
{
    private MailOutcome()
    {
    }

    /// <summary>It is somebody else's care now.</summary>
    public sealed record Taken : MailOutcome;

    /// <summary>It will never be taken, whenever it is tried: its recipient does not exist, say.</summary>
    /// <param name="Reason">Why, for operators. What looks like a link or a secret is left out before it is kept.</param>
    public sealed record Refused(string Reason) : MailOutcome;
}
