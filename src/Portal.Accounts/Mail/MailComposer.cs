using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using Portal.Accounts.Data;

namespace Portal.Accounts.Mail;

/// <summary>Makes the message (RFC 5322) of an outbox row.</summary>
internal sealed class MailComposer(IOptions<MailOptions> options, IOptions<PortalOptions> portal, TimeProvider time)
{
    /// <summary>The message; null when the recipient is not an address.</summary>
    public MimeMessage? Compose(OutboxMail row, AccountMail mail, RenderedMail rendered)
    {
        if (Recipient(mail) is not { } recipient)
        {
            return null;
        }

        var from = MailboxAddress.Parse(options.Value.From);
        from.Name = string.IsNullOrWhiteSpace(from.Name) ? portal.Value.SiteName : from.Name;
        var message = new MimeMessage([from], [recipient], SingleLine(rendered.Subject), new MultipartAlternative(
            Part(TextFormat.Plain, rendered.Text),
            Part(TextFormat.Html, rendered.Html)))
        {
            Date = time.GetUtcNow(),
            MessageId = MessageId(row, from),
        };
        // RFC 3834, and its word for Exchange: no answers from people's absence notices.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        return message;
    }

    private static MailboxAddress? Recipient(AccountMail mail)
    {
        // Parsed for its address alone, which also stops whatever would end the line and begin a command or header.
        return MailboxAddress.TryParse(mail.Recipient, out var parsed) && parsed.Address == mail.Recipient && parsed.Domain.Length > 0
            ? new MailboxAddress(Encoding.UTF8, mail.GreetingName ?? "", mail.Recipient)
            : null;
    }

    private static TextPart Part(TextFormat format, string text) => new(format)
    {
        ContentTransferEncoding = ContentEncoding.QuotedPrintable,
        Text = text,
    };

    /// <summary>The same for every attempt at one row, so that who gets it twice can tell; a hash, to keep the count of mails to ourselves.</summary>
    private static string MessageId(OutboxMail row, MailboxAddress from)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{row.Id}/{row.CreatedAt.UtcTicks}")));
        var address = from.GetAddress(idnEncode: true);
        return Convert.ToHexStringLower(hash.AsSpan(0, 16)) + address[address.LastIndexOf('@')..];
    }

    private static string SingleLine(string subject) =>
        string.Concat(subject.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
