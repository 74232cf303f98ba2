using MimeKit;
using Portal.Testing;

namespace Portal.Tests.Accounts.Mail;

public sealed class PickupMailerTests : IAsyncDisposable
{
    private readonly MailWorld world = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Each_mail_is_a_file_whose_name_sorts_by_time_and_says_nothing()
    {
        var host = await world.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await host.PromiseAsync(MailWorld.Confirm($"person{i}@example.org", $"Name{i}"));
            await host.Sender.LookAsync(Cancelled);
            world.Time.Advance(TimeSpan.FromMilliseconds(i));
        }

        Assert.Equal(["person0@example.org", "person1@example.org", "person2@example.org"], world.Caught.All.Select(mail => mail.To.Mailboxes.Single().Address));
        Assert.All(Directory.EnumerateFiles(world.PickupFolder), file => Assert.Matches(@"^\d{8}T\d{9}-\d{6}-[0-9a-f]{8}\.eml$", Path.GetFileName(file)));
    }

    [Fact]
    public async Task A_mail_is_read_as_it_was_written()
    {
        var host = await world.StartAsync();
        await host.PromiseAsync(MailWorld.Confirm("żaneta@bücher.example", "Żaneta 山田"));
        await host.Sender.LookAsync(Cancelled);

        var mail = await world.Caught.WaitForAsync("żaneta@bücher.example", "Bestätigen: Żaneta", Cancelled);

        Assert.Equal("Żaneta 山田", mail.To.Mailboxes.Single().Name);
        Assert.StartsWith("Grüße", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("https://portal.example/confirm-email#c2VjcmV0LW9mLXRoaXMtbGluaw", CaughtMails.LinkOf(mail).ToString());
    }

    [Fact]
    public async Task A_mail_that_cannot_be_written_whole_leaves_nothing()
    {
        var host = await world.StartAsync();
        var message = new MimeMessage { Body = new TextPart("plain") { Text = "Text" } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Mailer.SendAsync(message, new CancellationToken(canceled: true)));

        Assert.Empty(Directory.EnumerateFiles(world.PickupFolder));
    }

    [Fact]
    public async Task Waiting_for_a_mail_that_does_not_come_tells_what_did()
    {
        var host = await world.StartAsync();
        await host.PromiseAsync(MailWorld.Confirm());
        await host.Sender.LookAsync(Cancelled);
        var impatient = new CaughtMails(world.PickupFolder) { Patience = TimeSpan.Zero };

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => impatient.WaitForAsync("bo@example.org", "", Cancelled));

        Assert.Contains("ana@example.org", exception.Message, StringComparison.Ordinal);
    }
}
