using System.Text;
using Portal.Accounts.Data;
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

    [Theory]
    [InlineData(null, null, "de", "Europe/Zurich")]
    [InlineData("fr", null, "fr", null)]
    public async Task A_mail_is_in_the_language_and_zone_its_person_chose_unless_it_names_them(string? culture, string? zone, string? writtenIn, string? toldIn)
    {
        var host = await world.StartAsync(new FakeMailer());
        long id;
        await using (var context = host.OpenContext())
        {
            var user = new User { Email = "ana@example.org", NormalizedEmail = "ANA@EXAMPLE.ORG", Preferences = """{"language":"de","time_zone":"Europe/Zurich"}""" };
            context.Users.Add(user);
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
            id = user.Id;
        }

        await host.PromiseAsync(new AccountMail.Welcome("ana@example.org", id, "Ana", "https://portal.example/login") { Culture = culture, TimeZone = zone });

        var promised = host.Outbox.Open(Assert.Single(await host.RowsAsync()));
        Assert.Equal((writtenIn, toldIn), (promised.Culture, promised.TimeZone));
    }

    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
