using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

public sealed class MailSenderRunningTests : IAsyncDisposable
{
    private readonly MailWorld world = new();
    private readonly FakeMailer mailer = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Waking_the_sender_sends_at_once()
    {
        var host = await world.StartAsync(mailer);
        await host.Sender.StartAsync(Cancelled);
        await host.PromiseAsync(MailWorld.Confirm());

        host.Outbox.Wake();
        await mailer.Next.Task.WaitAsync(Cancelled);

        await host.Sender.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Without_being_woken_the_sender_looks_every_ten_seconds()
    {
        var host = await world.StartAsync(mailer);
        await host.PromiseAsync(MailWorld.Confirm());
        await host.Sender.StartAsync(Cancelled);
        await mailer.Next.Task.WaitAsync(Cancelled);
        mailer.Next = new TaskCompletionSource<MimeKit.MimeMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await host.PromiseAsync(MailWorld.Confirm());

        world.Time.Advance(MailSender.LookInterval);
        await mailer.Next.Task.WaitAsync(Cancelled);

        await host.Sender.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_stopping_host_waits_five_seconds_for_the_mail_in_hand_and_gives_it_back()
    {
        var sending = new TaskCompletionSource();
        mailer.BeforeSending = async cancelled =>
        {
            sending.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancelled);
        };
        var host = await world.StartAsync(mailer);
        await host.PromiseAsync(MailWorld.Confirm());
        await host.Sender.StartAsync(Cancelled);
        await sending.Task.WaitAsync(Cancelled);

        var stopping = host.Sender.StopAsync(Cancelled);
        Assert.False(stopping.IsCompleted);
        world.Time.Advance(MailSender.StopTimeout);
        await stopping;

        var row = Assert.Single(await host.RowsAsync());
        Assert.Equal(0, row.Attempts);
        Assert.Equal(world.Time.GetUtcNow(), row.DueAt);
        Assert.NotNull(row.Payload);
    }

    [Fact]
    public async Task A_stopping_host_lets_the_mail_in_hand_finish_and_starts_no_other()
    {
        var sending = new TaskCompletionSource();
        var pass = new TaskCompletionSource();
        mailer.BeforeSending = async _ =>
        {
            sending.TrySetResult();
            await pass.Task;
        };
        var host = await world.StartAsync(mailer);
        await host.PromiseAsync(MailWorld.Confirm(), MailWorld.Confirm("bo@example.org"));
        await host.Sender.StartAsync(Cancelled);
        await sending.Task.WaitAsync(Cancelled);

        var stopping = host.Sender.StopAsync(Cancelled);
        pass.SetResult();
        await stopping;

        Assert.Single(mailer.Sent);
        Assert.Single(await host.RowsAsync(), row => row.SentAt is null && row.DueAt == row.CreatedAt);
    }
}
