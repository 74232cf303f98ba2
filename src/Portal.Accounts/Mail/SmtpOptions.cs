namespace Portal.Accounts.Mail;

/// <summary>The mail server, section <c>Mail:Smtp</c>. Used with <see cref="MailTransport.Smtp"/> alone.</summary>
public sealed class SmtpOptions
{
    /// <summary>Its name or address. Empty by default; required.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port, 1 to 65535. Default 587, submission.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected. Default <see cref="SmtpSecurity.StartTls"/>.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Who signs in there. Empty, the default: nobody does.</summary>
    public string UserName { get; set; } = "";

    /// <summary>The password that goes with <see cref="UserName"/>; both are set or neither. Default empty.</summary>
    public string Password { get; set; } = "";

    /// <summary>How long one answer of the server may take. Default 30 seconds; 1 second to 1 minute. A whole message has 2 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
