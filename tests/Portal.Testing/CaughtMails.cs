using System.Text.RegularExpressions;
using MimeKit;

namespace Portal.Testing;

/// <summary>The mails that the pick-up transport left in a folder.</summary>
/// <param name="directory">The folder; it need not exist yet.</param>
public sealed partial class CaughtMails(string directory)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>How long is waited for a mail, in real time. Default 30 seconds: the sender looks every 10 by itself.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>All of them as they are now, oldest first.</summary>
    public IReadOnlyList<MimeMessage> All => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))]
        : [];

    /// <summary>The newest mail to a recipient, as soon as there is one.</summary>
    /// <param name="recipient">The address, in any case.</param>
    /// <param name="subjectPart">What its subject contains; empty for any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">None came; the message lists what did.</exception>
    public Task<MimeMessage> WaitForAsync(string recipient, string subjectPart, CancellationToken cancellationToken) =>
        WaitForAsync(recipient, subjectPart, after: 0, cancellationToken);

    /// <summary>The newest mail to a recipient, as soon as there are more than so many.</summary>
    /// <param name="recipient">The address, in any case.</param>
    /// <param name="subjectPart">What its subject contains; empty for any.</param>
    /// <param name="after">How many of them are too old to be meant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">None came; the message lists what did.</exception>
    public async Task<MimeMessage> WaitForAsync(string recipient, string subjectPart, int after, CancellationToken cancellationToken)
    {
        // Real files appear in real time, so this clock is the real one, whatever clock the host under test has.
        using var timer = new PeriodicTimer(LookInterval);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var found = All.Where(mail => IsTo(mail, recipient) && mail.Subject?.Contains(subjectPart, StringComparison.Ordinal) is true).ToList();
            if (found.Count > after)
            {
                return found[^1];
            }

            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                var seen = string.Join("; ", All.Select(mail => $"\"{mail.Subject}\" to {mail.To}"));
                throw new TimeoutException($"No mail to {recipient} with \"{subjectPart}\" in its subject within {Patience:c}. There are: {(seen.Length > 0 ? seen : "none")}.");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Where the mail's one action leads: the first web address of its text.</summary>
    public static Uri LinkOf(MimeMessage message) => new(WebAddress().Match(message.TextBody ?? "").Value);

    private static bool IsTo(MimeMessage mail, string recipient) =>
        mail.To.Mailboxes.Any(to => string.Equals(to.Address, recipient, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex WebAddress();
}
