using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

public sealed class MailSenderTests : IAsyncDisposable
{
    private readonly MailWorld world = new();
    private readonly FakeMailer mailer = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static bool IsError(string line) => line.StartsWith("Error ", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_mail_promised_by_a_process_that_then_died_is_sent_by_the_next()
    {
        await using (var first = await world.StartAsync(mailer))
        {
            await first.PromiseAsync(MailWorld.Confirm());
        }

        var second = await world.StartAsync(mailer);
        await second.Sender.LookAsync(Cancelled);

        Assert.Equal("ana@example.org", Assert.Single(Assert.Single(mailer.Sent).To.Mailboxes).Address);
        var row = Assert.Single(await second.RowsAsync());
        Assert.Equal(world.Time.GetUtcNow(), row.SentAt);
        Assert.Null(row.DueAt);
        Assert.Null(row.Payload);
    }

    [Fact]
    public async Task A_rolled_back_transaction_sends_nothing()
    {
        var host = await world.StartAsync(mailer);
        await using (var context = host.OpenContext())
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Cancelled);
            await host.Outbox.AddAsync(context, MailWorld.Confirm(), Cancelled);
            await context.SaveChangesAsync(Cancelled);
            await transaction.RollbackAsync(Cancelled);
        }

        await host.Sender.LookAsync(Cancelled);

        Assert.Empty(mailer.Sent);
        Assert.Empty(await host.RowsAsync());
    }

    [Fact]
    public async Task Failed_attempts_grow_apart_until_the_tenth_gives_up_for_all_to_see()
    {
        var host = await world.StartAsync(mailer);
        mailer.BeforeSending = _ => throw new IOException("no way out to https://portal.example/confirm-email#c2VjcmV0");
        await host.PromiseAsync(MailWorld.Confirm());
        List<double> minutes = [];
        for (var attempt = 1; attempt < MailSender.MaxAttempts; attempt++)
        {
            await host.Sender.LookAsync(Cancelled);
            var waiting = Assert.Single(await host.RowsAsync());
            Assert.Equal(attempt, waiting.Attempts);
            minutes.Add((waiting.DueAt!.Value - world.Time.GetUtcNow()).TotalMinutes);
            world.Time.SetUtcNow(waiting.DueAt.Value);
        }

        Assert.Equal([1, 5, 15, 60, 240, 240, 240, 240, 240], minutes);
        Assert.DoesNotContain(host.Log.Lines, IsError);
        await host.Sender.LookAsync(Cancelled);
        await host.Sender.LookAsync(Cancelled);

        var row = Assert.Single(await host.RowsAsync());
        Assert.Equal(world.Time.GetUtcNow(), row.FailedAt);
        Assert.Equal(MailSender.MaxAttempts, row.Attempts);
        Assert.Null(row.DueAt);
        Assert.Null(row.Payload);
        Assert.Equal("IOException: no way out to …", row.LastError);
        Assert.Single(host.Log.Lines, IsError);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("c2VjcmV0", StringComparison.Ordinal) || line.Contains("ana@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_is_there_for_a_link_is_not_sent_once_that_has_expired()
    {
        var host = await world.StartAsync(mailer);
        var mail = MailWorld.Confirm() with { ExpiresAt = world.Time.GetUtcNow() + TimeSpan.FromMinutes(30) };
        await host.PromiseAsync(mail);
        world.Time.Advance(TimeSpan.FromMinutes(30));

        await host.Sender.LookAsync(Cancelled);

        Assert.Empty(mailer.Sent);
        var row = Assert.Single(await host.RowsAsync());
        Assert.Equal((OutboxMailState.GivenUp, MailSender.LinkExpired), (row.State, row.LastError));
    }

    [Fact]
    public async Task A_mail_that_no_server_took_is_not_lost_because_the_database_could_not_be_told()
    {
        // Each claim is followed by an update that would mark.
        var full = new DatabaseGate(update => update is 2 or 4 ? throw new IOException("The disk is full.") : Task.CompletedTask);
        var host = await world.StartAsync(mailer, services => services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(full)));
        await host.PromiseAsync(MailWorld.Confirm());
        mailer.BeforeSending = _ => Task.FromException(new IOException("There is no way out."));
        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<IOException>(() => host.Sender.LookAsync(Cancelled));
            world.Time.Advance(MailSender.LeaseLifetime);
        }

        mailer.BeforeSending = _ => Task.CompletedTask;
        await host.Sender.LookAsync(Cancelled);

        Assert.Single(mailer.Sent);
        Assert.Equal(OutboxMailState.Sent, Assert.Single(await host.RowsAsync()).State);
    }

    [Fact]
    public async Task Two_senders_that_read_the_same_mail_send_it_once()
    {
        var read = new TaskCompletionSource();
        var pass = new TaskCompletionSource();
        var gate = new DatabaseGate(async update =>
        {
            read.TrySetResult();
            await pass.Task;
        });
        var slow = await world.StartAsync(mailer, services => services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(gate)));
        var quick = await world.StartAsync(mailer);
        await quick.PromiseAsync(MailWorld.Confirm());

        var looking = slow.Sender.LookAsync(Cancelled);
        await read.Task;
        await quick.Sender.LookAsync(Cancelled);
        Assert.Single(mailer.Sent);
        pass.SetResult();
        await looking;

        Assert.Single(mailer.Sent);
        Assert.Equal(0, Assert.Single(await quick.RowsAsync()).Attempts);
    }

    [Fact]
    public async Task A_mail_on_its_way_is_left_alone_by_other_senders()
    {
        var sending = new TaskCompletionSource();
        var pass = new TaskCompletionSource();
        mailer.BeforeSending = async _ =>
        {
            sending.TrySetResult();
            await pass.Task;
        };
        var slow = await world.StartAsync(mailer);
        var other = new FakeMailer();
        var idle = await world.StartAsync(other);
        await slow.PromiseAsync(MailWorld.Confirm());

        var looking = slow.Sender.LookAsync(Cancelled);
        await sending.Task;
        await idle.Sender.LookAsync(Cancelled);
        pass.SetResult();
        await looking;

        Assert.Single(mailer.Sent);
        Assert.Empty(other.Sent);
    }

    [Fact]
    public async Task A_mail_to_nobody_is_marked_sent_and_nothing_goes_out()
    {
        var host = await world.StartAsync(mailer);
        await host.PromiseAsync(new AccountMail.Nobody());

        await host.Sender.LookAsync(Cancelled);

        Assert.Empty(mailer.Sent);
        Assert.Equal(world.Time.GetUtcNow(), Assert.Single(await host.RowsAsync()).SentAt);
    }

    [Fact]
    public async Task A_mail_whose_key_is_gone_fails_for_all_to_see()
    {
        var before = await world.StartAsync(mailer);
        await before.PromiseAsync(MailWorld.Confirm());
        world.Keys = new EphemeralDataProtectionProvider();
        var after = await world.StartAsync(mailer);

        await after.Sender.LookAsync(Cancelled);

        Assert.Empty(mailer.Sent);
        var row = Assert.Single(await after.RowsAsync());
        Assert.NotNull(row.FailedAt);
        Assert.Null(row.Payload);
        Assert.Contains("key is missing", row.LastError, StringComparison.Ordinal);
        Assert.Single(after.Log.Lines, IsError);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("ana@example.org\r\nBcc: bo@example.org")]
    public async Task A_mail_to_what_is_no_address_fails_for_all_to_see(string recipient)
    {
        var host = await world.StartAsync(mailer);
        await host.PromiseAsync(MailWorld.Confirm(recipient));

        await host.Sender.LookAsync(Cancelled);

        Assert.Empty(mailer.Sent);
        Assert.Equal("The recipient is not an address.", Assert.Single(await host.RowsAsync(), row => row.FailedAt is not null).LastError);
        Assert.Single(host.Log.Lines, IsError);
    }

    [Fact]
    public async Task An_attempt_is_cut_off_before_its_lease_ends()
    {
        Assert.True(MailSender.SendTimeout < MailSender.LeaseLifetime);
        var sending = new TaskCompletionSource();
        mailer.BeforeSending = async cancelled =>
        {
            sending.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancelled);
        };
        var host = await world.StartAsync(mailer);
        await host.PromiseAsync(MailWorld.Confirm());

        var looking = host.Sender.LookAsync(Cancelled);
        await sending.Task;
        world.Time.Advance(MailSender.SendTimeout);
        await looking;

        var row = Assert.Single(await host.RowsAsync());
        Assert.Equal(1, row.Attempts);
        Assert.Equal("It took too long.", row.LastError);
    }

    [Fact]
    public async Task Rows_go_28_days_after_they_were_sent_or_given_up()
    {
        var host = await world.StartAsync(mailer);
        await host.PromiseAsync(MailWorld.Confirm());
        await host.Sender.LookAsync(Cancelled);
        mailer.Refusal = "Nobody there.";
        await host.PromiseAsync(MailWorld.Confirm());
        await host.Sender.LookAsync(Cancelled);

        world.Time.Advance(MailSender.RowLifetime);
        await host.Sender.LookAsync(Cancelled);
        Assert.Equal(2, (await host.RowsAsync()).Count);

        world.Time.Advance(TimeSpan.FromHours(1));
        await host.Sender.LookAsync(Cancelled);
        Assert.Empty(await host.RowsAsync());
    }

    [Fact]
    public async Task While_the_way_out_is_closed_most_mails_wait_unharmed()
    {
        var host = await world.StartAsync(mailer);
        mailer.BeforeSending = _ => throw new IOException("down");
        await host.PromiseAsync([.. Enumerable.Range(0, 20).Select(i => MailWorld.Confirm($"{i}@example.org"))]);

        await host.Sender.LookAsync(Cancelled);

        Assert.Equal(3, (await host.RowsAsync()).Sum(row => row.Attempts));
    }
}
