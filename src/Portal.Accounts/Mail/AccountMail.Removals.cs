namespace Portal.Accounts.Mail;

// What somebody else may have left in the account goes.
public abstract partial record AccountMail
{
    /// <summary>Ways into the account were taken away, which somebody else may have made.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="Removed">What went.</param>
    /// <param name="IsByReport">True when the person had said that a session was not theirs; false when a new password was the first proof that they have the address.</param>
    /// <param name="RecoveryUrl">The absolute address where a password is replaced; null where there is none.</param>
    /// <param name="SecurityUrl">The absolute address where ways in are added.</param>
    /// <param name="Occasion">From where it was done.</param>
    public sealed record WaysInRemoved(
        string Recipient, long? UserId, string? Name, RemovedWaysIn Removed, bool IsByReport, string? RecoveryUrl, string SecurityUrl, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);
}
