using Portal.Accounts.Data;
using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

public sealed class ForgettingRecipientsTests : IAsyncDisposable
{
    private const string Person = "ana@example.org";

    private readonly MailWorld world = new();
    private readonly FakeMailer mailer = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_row_behind_which_there_is_no_account_forgets_to_whom_it_went()
    {
        var host = await world.StartAsync(mailer);
        await PromiseToAPersonAsync(host);
        await host.PromiseAsync(MailWorld.Confirm());

        await host.Sender.LookAsync(Cancelled);

        Assert.Equal([Person, Person], mailer.Sent.Select(mail => mail.To.Mailboxes.Single().Address));
        Assert.Equal([Person, ""], (await host.RowsAsync()).Select(row => row.Recipient));
    }

    [Fact]
    public async Task A_row_that_was_given_up_does_so_too()
    {
        var host = await world.StartAsync(mailer);
        mailer.Refusal = "550 no such person";
        await PromiseToAPersonAsync(host);
        await host.PromiseAsync(MailWorld.Confirm());

        await host.Sender.LookAsync(Cancelled);

        Assert.Equal([(Person, "550 no such person"), ("", "550 no such person")], (await host.RowsAsync()).Select(row => (row.Recipient, row.LastError)));
    }

    [Fact]
    public async Task A_recipient_whom_a_server_quotes_is_neither_kept_nor_logged()
    {
        var host = await world.StartAsync(mailer);
        mailer.BeforeSending = _ => throw new IOException($"mailbox <{Person.ToUpperInvariant()}> is busy");
        await host.PromiseAsync(MailWorld.Confirm());

        await host.Sender.LookAsync(Cancelled);

        Assert.Equal("IOException: mailbox <…> is busy", Assert.Single(await host.RowsAsync()).LastError);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains(Person, StringComparison.OrdinalIgnoreCase));
    }

    private async Task PromiseToAPersonAsync(MailHost host)
    {
        await using var context = host.OpenContext();
        var user = new User { Email = Person };
        context.Users.Add(user);
        await context.SaveChangesAsync(Cancelled);
        await host.PromiseAsync(new AccountMail.ConfirmEmail(Person, user.Id, null, "https://portal.example/confirm-email", world.Time.GetUtcNow().AddDays(1)));
    }
}
