namespace Portal.Accounts.Mail;

/// <summary>Where the pick-up transport leaves mails.</summary>
public interface IPickupFolder
{
    /// <summary>Its absolute path. It exists once the first mail was written.</summary>
    string Path { get; }
}
