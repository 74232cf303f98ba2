using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;

namespace Portal.Accounts.Mail;

/// <summary>Sends what the outbox promised, one mail after the other, and tries again what failed.</summary>
/// <remarks>
/// A row's life: due, leased, then sent, due again, or given up. Several processes may look at once: a row is leased by an
/// update that holds only while <c>DueAt</c> is what was read, and marked only while the lease is still ours. A process
/// that ends between sending and marking leaves the lease to run out, and the mail goes once more under the same
/// Message-Id. A second such end gives it up, for all to see: nobody knows whether it went, and nobody gets it a third time.
/// An attempt is cut off well before its lease ends, so two never overlap.
/// </remarks>
internal sealed partial class MailSender(
    IDbContextFactory<PortalDbContext> contexts,
    Outbox outbox,
    IMailRenderer renderer,
    MailComposer composer,
    IAccountMailer mailer,
    TimeProvider time,
    ILogger<MailSender> logger) : BackgroundService
{
    internal const int MaxAttempts = 10;

    internal const string LinkExpired = "Its link stopped working before it could be sent.";

    /// <summary>Begins the last error of a mail whose process ended over it. It stays there, so that the next such end is the last.</summary>
    internal const string LostOnce = "The portal ended while this was being sent; it may have arrived.";

    /// <summary>What is left to say when that happened again.</summary>
    internal const string LostTwice = "The portal ended twice while this was being sent; it may have arrived, and is not sent again.";

    /// <summary>After so many failures in a row the server is taken to be down, and the rest waits for the next look.</summary>
    private const int MaxFailuresInARow = 3;

    internal static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan LeaseLifetime = TimeSpan.FromMinutes(5);
    internal static readonly TimeSpan SendTimeout = TimeSpan.FromMinutes(2);
    internal static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan RowLifetime = TimeSpan.FromDays(28);

    private static readonly TimeSpan CleanInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan[] RetryAfter =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4),
    ];

    /// <summary>Mails that the server did not take, which could not be noted: they are not lost when their lease runs out.</summary>
    private readonly HashSet<long> untaken = [];

    private DateTimeOffset cleanedAt;

    /// <summary>One look: sends what is due, then cleans up if it is time.</summary>
    internal async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            var failures = 0;
            while (failures < MaxFailuresInARow
                && !stoppingToken.IsCancellationRequested
                && await ClaimAsync(stoppingToken) is { } row)
            {
                failures = await AttemptAsync(row, stoppingToken) ? 0 : failures + 1;
            }
        }
        finally
        {
            using var politeness = new CancellationTokenSource(StopTimeout, time);
            await mailer.ReleaseAsync(politeness.Token);
        }

        await CleanAsync(stoppingToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = time.CreateTimer(_ => outbox.Wake(), null, LookInterval, LookInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await outbox.WokenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.LookFailed(logger, exception);
                await outbox.WokenAsync(stoppingToken);
            }
        }
    }

    private async Task<OutboxMail?> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var now = time.GetUtcNow();
            var row = await context.OutboxMails.AsNoTracking()
                .Where(mail => mail.DueAt <= now)
                .OrderBy(mail => mail.DueAt).ThenBy(mail => mail.Id)
                .FirstOrDefaultAsync(cancellationToken);
            if (row is null)
            {
                return null;
            }

            var leasedUntil = now + LeaseLifetime;
            var error = IsLost(row) ? LostOnce : row.LastError;
            if (await context.OutboxMails
                .Where(mail => mail.Id == row.Id && mail.DueAt == row.DueAt)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(mail => mail.DueAt, leasedUntil)
                        .SetProperty(mail => mail.State, OutboxMailState.Sending)
                        .SetProperty(mail => mail.LastError, error)
                        .SetProperty(mail => mail.Attempts, row.Attempts + 1),
                    cancellationToken) == 1)
            {
                // Its state and error stay as they were read: they say whether a process ended over it.
                (row.DueAt, row.Attempts) = (leasedUntil, row.Attempts + 1);
                return row;
            }
        }
    }

    /// <summary>Whether the way out seems to be open: sent, or refused for what the mail itself is.</summary>
    private async Task<bool> AttemptAsync(OutboxMail row, CancellationToken stoppingToken)
    {
        var failures = row.Attempts - 1;
        var (isLost, wasLost) = (IsLost(row), row.LastError?.StartsWith(LostOnce, StringComparison.Ordinal) is true);
        if (isLost && wasLost)
        {
            row.Attempts = failures;
            await GiveUpAsync(row, LostTwice);
            return true;
        }

        // A stopping host lets the mail in hand finish, but not for long.
        using var deadline = new CancellationTokenSource(SendTimeout, time);
        using var hurry = stoppingToken.Register(() => deadline.CancelAfter(StopTimeout));
        try
        {
            if (await DeliverAsync(row, deadline.Token) is MailOutcome.Refused refused)
            {
                await GiveUpAsync(row, MailFailure.Without(row.Recipient, MailFailure.Line(refused.Reason)));
                return true;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            var (now, before) = (time.GetUtcNow(), failures > 0 ? OutboxMailState.Retrying : OutboxMailState.Waiting);
            await MarkAsync(row, set => set.SetProperty(mail => mail.DueAt, now).SetProperty(mail => mail.State, before).SetProperty(mail => mail.Attempts, failures));
            return false;
        }
        catch (Exception exception)
        {
            var error = MailFailure.Without(row.Recipient, MailFailure.Describe(exception));
            untaken.Add(row.Id);
            await PutOffAsync(row, isLost || wasLost ? $"{LostOnce} {error}" : error);
            untaken.Remove(row.Id);
            return false;
        }

        var sentAt = time.GetUtcNow();
        await MarkAsync(row, set => set
            .SetProperty(mail => mail.SentAt, sentAt)
            .SetProperty(mail => mail.State, OutboxMailState.Sent)
            .SetProperty(mail => mail.Attempts, failures)
            // Nobody's account is behind it, or none any more: then nobody needs to know to whom it went.
            .SetProperty(mail => mail.Recipient, mail => mail.UserId == null ? "" : mail.Recipient)
            .SetProperty(mail => mail.DueAt, (DateTimeOffset?)null)
            .SetProperty(mail => mail.Payload, (byte[]?)null)
            .SetProperty(mail => mail.LastError, (string?)null));
        Log.Sent(logger, row.Id, row.Kind);
        return true;
    }

    /// <summary>Whether somebody ended over it, who may have handed it over.</summary>
    private bool IsLost(OutboxMail row) => row.State is OutboxMailState.Sending && !untaken.Contains(row.Id);

    private async Task<MailOutcome> DeliverAsync(OutboxMail row, CancellationToken cancellationToken)
    {
        AccountMail mail;
        try
        {
            mail = outbox.Open(row);
        }
        catch (CryptographicException)
        {
            return new MailOutcome.Refused("What the mail is about cannot be read; its data-protection key is missing.");
        }

        if (mail is AccountMail.Nobody)
        {
            return new MailOutcome.Taken();
        }

        if (UselessAt(mail) <= time.GetUtcNow())
        {
            return new MailOutcome.Refused(LinkExpired);
        }

        var rendered = await renderer.RenderAsync(mail, cancellationToken);
        return composer.Compose(row, mail, rendered) is { } message
            ? await mailer.SendAsync(message, cancellationToken)
            : new MailOutcome.Refused("The recipient is not an address.");
    }

    /// <summary>When a mail that is there for its link is of no use any more; null for one that tells something besides.</summary>
    private static DateTimeOffset? UselessAt(AccountMail mail) => mail switch
    {
        AccountMail.ConfirmEmail confirm => confirm.ExpiresAt,
        AccountMail.ConfirmNewEmail confirm => confirm.ExpiresAt,
        AccountMail.ResetPassword reset => reset.ExpiresAt,
        AccountMail.Invitation invitation => invitation.ExpiresAt,
        _ => null,
    };

    private async Task PutOffAsync(OutboxMail row, string error)
    {
        error = error.Length > PortalDbContext.Lengths.Sentence ? error[..PortalDbContext.Lengths.Sentence] : error;
        if (row.Attempts >= MaxAttempts)
        {
            await GiveUpAsync(row, error);
            return;
        }

        var dueAt = time.GetUtcNow() + RetryAfter[Math.Min(row.Attempts, RetryAfter.Length) - 1];
        await MarkAsync(row, set => set
            .SetProperty(mail => mail.DueAt, dueAt)
            .SetProperty(mail => mail.State, OutboxMailState.Retrying)
            .SetProperty(mail => mail.LastError, error));
        Log.PutOff(logger, row.Id, row.Kind, row.Attempts, dueAt, error);
    }

    private async Task GiveUpAsync(OutboxMail row, string error)
    {
        // What ended a process twice might again, and a link that expired opens nothing. Any other an operator may have tried once more.
        var (failedAt, isUseless) = (time.GetUtcNow(), error is LostTwice or LinkExpired);
        await MarkAsync(row, set => set
            .SetProperty(mail => mail.FailedAt, failedAt)
            .SetProperty(mail => mail.State, OutboxMailState.GivenUp)
            .SetProperty(mail => mail.Recipient, mail => mail.UserId == null ? "" : mail.Recipient)
            .SetProperty(mail => mail.DueAt, (DateTimeOffset?)null)
            .SetProperty(mail => mail.Payload, mail => isUseless || mail.UserId == null ? null : mail.Payload)
            .SetProperty(mail => mail.Attempts, row.Attempts)
            .SetProperty(mail => mail.LastError, error));
        Log.GivenUp(logger, row.Id, row.Kind, row.UserId, row.Attempts, error);
    }

    /// <summary>Notes what became of a leased row. Not cancelled by a stopping host: what is not noted is sent again.</summary>
    private async Task MarkAsync(OutboxMail row, Action<UpdateSettersBuilder<OutboxMail>> setters)
    {
        await using var context = await contexts.CreateDbContextAsync();
        if (await context.OutboxMails
            .Where(mail => mail.Id == row.Id && mail.DueAt == row.DueAt)
            .ExecuteUpdateAsync(setters) == 0)
        {
            Log.LeaseLost(logger, row.Id);
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() is var now && now - cleanedAt >= CleanInterval)
        {
            cleanedAt = now;
            var oldest = now - RowLifetime;
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await context.OutboxMails.Where(mail => mail.SentAt < oldest || mail.FailedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        }
    }

    // The recipient stays out of the log; the row has it.
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Mail {Id} ({Kind}) was sent.")]
        public static partial void Sent(ILogger logger, long id, string kind);

        [LoggerMessage(2, LogLevel.Warning, "Mail {Id} ({Kind}) could not be sent, attempt {Attempts}; next at {DueAt:u}. {Error}")]
        public static partial void PutOff(ILogger logger, long id, string kind, int attempts, DateTimeOffset dueAt, string error);

        [LoggerMessage(3, LogLevel.Error, "Mail {Id} ({Kind}) to user {UserId} was given up after {Attempts} attempts. {Error}")]
        public static partial void GivenUp(ILogger logger, long id, string kind, long? userId, int attempts, string error);

        [LoggerMessage(4, LogLevel.Warning, "Mail {Id} was taken over by another process while it was being sent; it may arrive twice.")]
        public static partial void LeaseLost(ILogger logger, long id);

        [LoggerMessage(5, LogLevel.Error, "The outbox could not be read or marked; trying again.")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
