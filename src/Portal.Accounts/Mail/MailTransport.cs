namespace Portal.Accounts.Mail;

/// <summary>How mails leave.</summary>
public enum MailTransport
{
    /// <summary>One <c>.eml</c> file a message in a folder.</summary>
    Pickup,

    /// <summary>To a mail server (RFC 5321).</summary>
    Smtp,
}
