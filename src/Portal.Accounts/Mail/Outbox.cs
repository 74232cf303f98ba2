using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Mail;

/// <summary>Where mails are promised: a row in the caller's own transaction, so that a mail goes out exactly when the change it tells of was made.</summary>
/// <remarks>What a mail is about is stored protected, because its links open accounts and a stolen database must not.</remarks>
internal sealed class Outbox(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector protector = protection.CreateProtector("Portal.Outbox");

    // Holds one wake-up: many before the sender looks are one look.
    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Adds the mail to what the context saves next. After the commit, <see cref="Wake"/> sends it at once; without, it takes up to 10 seconds.</summary>
    /// <remarks>The mail is written in the language and zone its person chose, unless it names them itself.</remarks>
    public async Task AddAsync(PortalDbContext context, AccountMail mail, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // For nobody it is looked up too: the time it takes must not tell who has an account.
        if (mail is { UserId: not null, Culture: null, TimeZone: null } or AccountMail.Nobody)
        {
            var userId = mail.UserId ?? 0;
            var preferences = UserPreferences.Read(await context.Users.Where(user => user.Id == userId)
                .Select(user => user.Preferences).SingleOrDefaultAsync(cancellationToken));
            mail = mail with { Culture = preferences.Language, TimeZone = preferences.TimeZone };
        }

        context.OutboxMails.Add(new OutboxMail
        {
            Kind = mail.Kind,
            Recipient = mail.Recipient,
            UserId = mail.UserId,
            Payload = protector.Protect(JsonSerializer.SerializeToUtf8Bytes(mail)),
            CreatedAt = now,
            DueAt = now,
        });
    }

    /// <summary>Makes this process's sender look now. Harmless when nothing is there.</summary>
    public void Wake() => woken.Writer.TryWrite(true);

    /// <summary>Completes at the next <see cref="Wake"/>, or at once when one came since the last time.</summary>
    public async Task WokenAsync(CancellationToken cancellationToken) => await woken.Reader.ReadAsync(cancellationToken);

    /// <summary>What a row is about.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Its key is gone.</exception>
    /// <exception cref="JsonException">It is of a kind that only a newer build knows.</exception>
    public AccountMail Open(OutboxMail row) =>
        JsonSerializer.Deserialize<AccountMail>(protector.Unprotect(row.Payload ?? []))
        ?? throw new JsonException("The payload is null.");
}
