using MimeKit;
using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

internal sealed class FakeMailer : IAccountMailer
{
    public List<MimeMessage> Sent { get; } = [];

    /// <summary>What happens before a message counts as sent; nothing by default.</summary>
    public Func<CancellationToken, Task> BeforeSending { get; set; } = _ => Task.CompletedTask;

    /// <summary>Why every message is refused; null when none is.</summary>
    public string? Refusal { get; set; }

    /// <summary>Completes with the next message sent.</summary>
    public TaskCompletionSource<MimeMessage> Next { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        await BeforeSending(cancellationToken);
        if (Refusal is { } reason)
        {
            return new MailOutcome.Refused(reason);
        }

        Sent.Add(message);
        Next.TrySetResult(message);
        return new MailOutcome.Taken();
    }
}
