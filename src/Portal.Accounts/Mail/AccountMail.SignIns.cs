namespace Portal.Accounts.Mail;

// Somebody signed in.
public abstract partial record AccountMail
{
    /// <summary>Somebody signed in, and something about it is not as the account's sign-ins are.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="NotMeUrl">The absolute address that ends that session; holds the secret.</param>
    /// <param name="ExpiresAt">When the link stops working.</param>
    /// <param name="Occasion">The sign-in.</param>
    public sealed record NewDevice(string Recipient, long? UserId, string? Name, string NotMeUrl, DateTimeOffset ExpiresAt, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name)
    {
        /// <summary>What sets it apart. Default a browser not used before, of which alone such mails told once: hence their name.</summary>
        public SignInOddity Oddity { get; init; }

        /// <summary>What it was done with: RFC 8176 values, separated by spaces. Default a password.</summary>
        public string Method { get; init; } = "pwd";

        /// <summary>What people call the provider that vouched for it; null where none did.</summary>
        public string? Provider { get; init; }
    }
}
