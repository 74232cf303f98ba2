using MimeKit;

namespace Portal.Accounts.Mail;

/// <summary>Hands finished messages over to be delivered. Register your own to deliver otherwise than by pick-up or SMTP.</summary>
/// <remarks>
/// A singleton, called by one sender: never two calls at once in a process. The same message can come twice, when a
/// process ended between sending and noting it; its Message-Id is then the same.
/// </remarks>
public interface IAccountMailer
{
    /// <summary>Hands over one message. After an exception it is tried again; after either outcome it is not.</summary>
    /// <param name="message">Complete, with recipient, Date and Message-Id.</param>
    /// <param name="cancellationToken">Cancelled when it takes too long or the host stops; the message is tried again.</param>
    Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken);

    /// <summary>Nothing more is waiting: what was kept open between messages may be closed. Does nothing by default.</summary>
    /// <param name="cancellationToken">Cancelled when closing politely takes too long.</param>
    Task ReleaseAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
