using System.Text;
using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

public sealed class OutboxTests : IAsyncDisposable
{
    private readonly MailWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_stolen_database_holds_no_link_and_no_name()
    {
        var host = await world.StartAsync(new FakeMailer());
        await host.PromiseAsync(MailWorld.Confirm(name: "Anastasia", secret: "c2VjcmV0LW9mLXRoaXMtbGluaw"));

        var files = Directory.EnumerateFiles(world.Folder, "portal.db*").Select(Read).ToList();
        Assert.Contains(files, content => content.Contains("ana@example.org", StringComparison.Ordinal));
        Assert.DoesNotContain(files, content => content.Contains("c2VjcmV0", StringComparison.Ordinal));
        Assert.DoesNotContain(files, content => content.Contains("confirm-email#", StringComparison.Ordinal));
        Assert.DoesNotContain(files, content => content.Contains("Anastasia", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_promised_is_what_is_sent()
    {
        var host = await world.StartAsync(new FakeMailer());
        var promised = MailWorld.Confirm(name: "Zoë") with { Culture = "fr" };
        await host.PromiseAsync(promised);

        var row = Assert.Single(await host.RowsAsync());
        Assert.Equal(promised, host.Outbox.Open(row));
        Assert.Equal(nameof(AccountMail.ConfirmEmail), row.Kind);
        Assert.Equal("ana@example.org", row.Recipient);
        Assert.Equal(world.Time.GetUtcNow(), row.DueAt);
    }

    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
