using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Portal.Accounts.Mail;

/// <summary>Hands messages to a mail server, all that are waiting over one connection.</summary>
/// <remarks>
/// The connection is made for the first message and closed by <see cref="ReleaseAsync"/>. After a refused command it stays
/// in use; after anything else that went wrong it is thrown away, and the next message makes a new one.
/// </remarks>
internal sealed class SmtpMailer(IOptions<MailOptions> options) : IAccountMailer, IDisposable
{
    private SmtpClient? client;

    public async Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            if (client is not { IsConnected: true })
            {
                await ConnectAsync(cancellationToken);
            }

            if (message.To.Mailboxes.Any(recipient => !recipient.LocalPart.All(char.IsAscii))
                && !client!.Capabilities.HasFlag(SmtpCapabilities.UTF8))
            {
                // RFC 6531: only the domain has an ASCII form; without the extension such an address cannot be written.
                return new MailOutcome.Refused("The mail server does not take addresses with characters outside ASCII (SMTPUTF8).");
            }

            await client!.SendAsync(message, cancellationToken);
            return new MailOutcome.Taken();
        }
        catch (SmtpCommandException exception) when (IsForGood(exception))
        {
            return new MailOutcome.Refused($"The mail server answered {(int)exception.StatusCode} {exception.Message}");
        }
        catch (Exception exception) when (exception is not SmtpCommandException)
        {
            Dispose();
            throw;
        }
    }

    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (client is { IsConnected: true })
            {
                await client.DisconnectAsync(quit: true, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or MailKit.ProtocolException or MailKit.CommandException or OperationCanceledException)
        {
            // Every message was answered for; how the farewell goes matters to nobody.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        client?.Dispose();
        client = null;
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Dispose();
        var smtp = options.Value.Smtp;
        client = new SmtpClient { Timeout = (int)smtp.Timeout.TotalMilliseconds };
        await client.ConnectAsync(smtp.Host, smtp.Port, smtp.Security switch
        {
            SmtpSecurity.None => SecureSocketOptions.None,
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.StartTls,
        }, cancellationToken);
        if (smtp.UserName.Length > 0)
        {
            await client.AuthenticateAsync(smtp.UserName, smtp.Password, cancellationToken);
        }
    }

    /// <summary>A refused sender or sign-in is not: it is a fault of the settings, which an operator may mend before the next attempt.</summary>
    private static bool IsForGood(SmtpCommandException exception) =>
        (int)exception.StatusCode >= 500
        && exception.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;
}
