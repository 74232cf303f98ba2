namespace Portal.Accounts.Mail;

// Somebody guesses.
public abstract partial record AccountMail
{
    /// <summary>Somebody has the right password and tried codes that were wrong, until they were made to wait.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="RecoveryUrl">The absolute address where a password is replaced; null where there is none.</param>
    /// <param name="Occasion">From where it was tried.</param>
    public sealed record CodesGuessed(string Recipient, long? UserId, string? Name, string? RecoveryUrl, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>So many wrong passwords in a row were tried that none is taken any more in a browser the account does not know.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="SignInUrl">The absolute address of the sign-in page.</param>
    /// <param name="RecoveryUrl">The absolute address where a password is replaced; null where there is none.</param>
    /// <param name="Occasion">From where the last one was tried.</param>
    public sealed record PasswordGuessed(string Recipient, long? UserId, string? Name, string SignInUrl, string? RecoveryUrl, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);
}
