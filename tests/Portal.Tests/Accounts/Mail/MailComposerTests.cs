using MimeKit;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

public sealed class MailComposerTests : IAsyncDisposable
{
    private readonly MailWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_message_says_who_when_and_that_a_machine_wrote_it()
    {
        var message = await ComposeAsync(MailWorld.Confirm());

        Assert.Equal("\"Portal\" <no-reply@localhost>", message.From.ToString());
        Assert.Equal("\"Ana\" <ana@example.org>", message.To.ToString());
        Assert.Equal(world.Time.GetUtcNow(), message.Date);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.EndsWith("@localhost", message.MessageId, StringComparison.Ordinal);
        Assert.Equal(
            ["text/plain", "text/html"],
            Assert.IsType<MultipartAlternative>(message.Body).Select(part => part.ContentType.MimeType));
    }

    [Fact]
    public async Task Names_subjects_and_addresses_outside_ascii_come_through()
    {
        var message = await ComposeAsync(MailWorld.Confirm("żaneta@bücher.example", "Żaneta Ünal 山田"), subject: "Grüße an 山田 🙂");

        Assert.Equal("Żaneta Ünal 山田", message.To.Mailboxes.Single().Name);
        Assert.Equal("żaneta@bücher.example", message.To.Mailboxes.Single().Address);
        Assert.Equal("Grüße an 山田 🙂", message.Subject);
        Assert.Equal("Ünïcode", message.TextBody?.TrimEnd());
    }

    [Theory]
    [InlineData("Ana\r\nBcc: everybody@example.org")]
    [InlineData("Ana\nBcc: everybody")]
    [InlineData("Ana\r\n\r\n<h1>another body</h1>")]
    [InlineData("\"Ana\" <x>, everybody; Bcc:")]
    public async Task A_hostile_name_or_subject_adds_no_header_and_no_recipient(string hostile)
    {
        var message = await ComposeAsync(MailWorld.Confirm(name: hostile), subject: hostile);

        Assert.Equal("ana@example.org", Assert.Single(message.To.Mailboxes).Address);
        Assert.Empty(message.Bcc);
        Assert.Equal(
            ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To", "X-Auto-Response-Suppress"],
            message.Headers.Concat(message.Body!.Headers).Select(header => header.Field).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("Ünïcode", message.TextBody?.TrimEnd());
    }

    [Theory]
    [InlineData("ana@example.org\r\nRCPT TO:<everybody@example.org>")]
    [InlineData("ana@example.org, everybody@example.org")]
    [InlineData("Ana <ana@example.org>")]
    [InlineData("nobody")]
    [InlineData("")]
    public async Task What_is_not_one_address_is_refused(string recipient) =>
        Assert.Null((await world.StartAsync()).Composer.Compose(Row(MailWorld.Confirm(recipient)), MailWorld.Confirm(recipient), new RenderedMail("", "", "")));

    [Fact]
    public async Task The_configured_sender_keeps_its_name()
    {
        var message = await ComposeAsync(MailWorld.Confirm(), settings: ("Mail:From", "Konten <no-reply@bücher.example>"));

        Assert.Equal("Konten", message.From.Mailboxes.Single().Name);
        Assert.EndsWith("@xn--bcher-kva.example", message.MessageId, StringComparison.Ordinal);
    }

    private OutboxMail Row(AccountMail mail) =>
        new() { Id = 1, Kind = mail.Kind, Recipient = mail.Recipient, CreatedAt = world.Time.GetUtcNow() };

    /// <summary>Composed, written out and read again, as its receiver would.</summary>
    private async Task<MimeMessage> ComposeAsync(AccountMail mail, string subject = "Subject", params (string Key, string Value)[] settings)
    {
        var host = await world.StartAsync(settings: settings);
        var row = Row(mail);
        var composed = host.Composer.Compose(row, mail, new RenderedMail(subject, "Ünïcode", "<p>Ünïcode</p>"));
        Assert.NotNull(composed);
        Assert.Equal(composed.MessageId, host.Composer.Compose(row, mail, new RenderedMail(subject, "", ""))?.MessageId);
        using var bytes = new MemoryStream();
        await composed.WriteToAsync(bytes, TestContext.Current.CancellationToken);
        bytes.Position = 0;
        return await MimeMessage.LoadAsync(bytes, TestContext.Current.CancellationToken);
    }
}
