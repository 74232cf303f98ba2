using MimeKit;
using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

internal sealed class FakeMailer : IAccountMailer
{
    public List<MimeMessage> Sent { get; } = [];

    /// <summary>What happens before a message counts as sent; nothing by default.</summary>
    public Func<CancellationToken, Task> BeforeSending { get; set; } = _ => Task.CompletedTask;

    /// <summary>Completes with the next message sent.</summary>
    public TaskCompletionSource<MimeMessage> Next { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        await BeforeSending(cancellationToken);
        Sent.Add(message);
        Next.TrySetResult(message);
    }
}
