using System.Globalization;
using System.Security.Cryptography;
using MimeKit;

namespace Portal.Accounts.Mail;

/// <summary>Leaves each message as a file for another program, or for a developer's eyes.</summary>
/// <remarks>
/// A message appears under its final name all at once. Names sort by time and say nothing about the mail: folders are
/// listed in places where addresses have no business.
/// </remarks>
internal sealed class PickupMailer(IPickupFolder folder, TimeProvider time) : IAccountMailer
{
    private int written;

    public async Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        OwnFolder.Create(folder.Path);
        var name = Path.Combine(folder.Path, string.Create(CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{Interlocked.Increment(ref written):D6}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = message.To.Mailboxes.Any(recipient => recipient.IsInternational);
        try
        {
            await message.WriteToAsync(format, name + ".tmp", cancellationToken);
            File.Move(name + ".tmp", name + ".eml");
            return new MailOutcome.Taken();
        }
        catch
        {
            File.Delete(name + ".tmp");
            throw;
        }
    }
}
