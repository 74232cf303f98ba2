using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

/// <summary>Mails over which a process ends: nobody knows whether they went.</summary>
public sealed class LostMailTests : IAsyncDisposable
{
    private readonly MailWorld world = new();
    private readonly FakeMailer mailer = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_process_that_dies_between_sending_and_marking_sends_once_more_under_the_same_id()
    {
        // The first update leases, the second would mark.
        var dying = new DatabaseGate(update => update == 2 ? throw new IOException("The process is gone.") : Task.CompletedTask);
        var first = await world.StartAsync(mailer, services => services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(dying)));
        await first.PromiseAsync(MailWorld.Confirm());
        await Assert.ThrowsAsync<IOException>(() => first.Sender.LookAsync(Cancelled));

        var second = await world.StartAsync(mailer);
        await second.Sender.LookAsync(Cancelled);
        Assert.Single(mailer.Sent);
        world.Time.Advance(MailSender.LeaseLifetime);
        await second.Sender.LookAsync(Cancelled);
        world.Time.Advance(MailSender.LeaseLifetime);
        await second.Sender.LookAsync(Cancelled);

        Assert.Equal(2, mailer.Sent.Count);
        Assert.Equal(mailer.Sent[0].MessageId, mailer.Sent[1].MessageId);
        // The same once more, to its link: nothing in it is spent by having been sent.
        Assert.Equal(mailer.Sent[0].TextBody, mailer.Sent[1].TextBody);
    }

    [Fact]
    public async Task A_mail_over_which_a_second_process_dies_is_given_up_and_says_so()
    {
        // Each lease is followed by an update that would mark.
        var dying = new DatabaseGate(update => update is 2 or 4 ? throw new IOException("The process is gone.") : Task.CompletedTask);
        var host = await world.StartAsync(mailer, services => services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(dying)));
        await host.PromiseAsync(MailWorld.Confirm());
        for (var death = 1; death <= 2; death++)
        {
            await Assert.ThrowsAsync<IOException>(() => host.Sender.LookAsync(Cancelled));
            Assert.Equal(death, Assert.Single(await host.RowsAsync()).Attempts);
            world.Time.Advance(MailSender.LeaseLifetime);
        }

        await host.Sender.LookAsync(Cancelled);

        Assert.Equal(2, mailer.Sent.Count);
        var row = Assert.Single(await host.RowsAsync());
        Assert.Equal((OutboxMailState.GivenUp, 2, MailSender.LostTwice), (row.State, row.Attempts, row.LastError));
        Assert.Null(row.Payload);
    }

    [Fact]
    public async Task That_a_process_died_over_a_mail_is_remembered_through_a_failure()
    {
        // The updates: lease and no mark, lease and put off, lease and no mark.
        var dying = new DatabaseGate(update => update is 2 or 6 ? throw new IOException("The process is gone.") : Task.CompletedTask);
        var host = await world.StartAsync(mailer, services => services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(dying)));
        await host.PromiseAsync(MailWorld.Confirm());
        await Assert.ThrowsAsync<IOException>(() => host.Sender.LookAsync(Cancelled));
        world.Time.Advance(MailSender.LeaseLifetime);
        mailer.BeforeSending = _ => throw new IOException("no such host");
        await host.Sender.LookAsync(Cancelled);
        Assert.StartsWith(MailSender.LostOnce, Assert.Single(await host.RowsAsync()).LastError, StringComparison.Ordinal);
        mailer.BeforeSending = _ => Task.CompletedTask;
        world.Time.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<IOException>(() => host.Sender.LookAsync(Cancelled));
        world.Time.Advance(MailSender.LeaseLifetime);

        await host.Sender.LookAsync(Cancelled);

        Assert.Equal(2, mailer.Sent.Count);
        Assert.Equal(MailSender.LostTwice, Assert.Single(await host.RowsAsync()).LastError);
    }
}
