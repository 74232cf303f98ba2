namespace Portal.Accounts.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Not at all. With a password accepted only for this machine.</summary>
    None,

    /// <summary>TLS by STARTTLS (RFC 3207), usually on port 587. A server that does not offer it gets nothing.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314), usually on port 465.</summary>
    Tls,
}
