namespace Portal.Accounts.Mail;

/// <summary>How mails leave and whom they come from, section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "Mail";

    /// <summary>How mails leave. Default <see cref="MailTransport.Pickup"/>.</summary>
    public MailTransport Transport { get; set; } = MailTransport.Pickup;

    /// <summary>The folder of <see cref="MailTransport.Pickup"/>. Default "mail"; a relative path starts at the data directory.</summary>
    public string PickupDirectory { get; set; } = "mail";

    /// <summary>
    /// The sender: an address, or a name and an address as in <c>Accounts &lt;no-reply@example.org&gt;</c>. Default
    /// no-reply@localhost. Without a name the site's is shown.
    /// </summary>
    public string From { get; set; } = "no-reply@localhost";

    /// <summary>The mail server of <see cref="MailTransport.Smtp"/>.</summary>
    public SmtpOptions Smtp { get; set; } = new();
}
