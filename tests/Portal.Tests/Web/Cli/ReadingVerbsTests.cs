namespace Portal.Tests.Web.Cli;

public sealed class ReadingVerbsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private CommandLine Misspelt => new(Path.Combine(_folder.Path, "misspelt"));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("users list")]
    [InlineData("users show ada")]
    [InlineData("users export FOLDER/people.jsonl")]
    [InlineData("roles list")]
    [InlineData("roles members curator")]
    [InlineData("sessions list")]
    [InlineData("domains list")]
    [InlineData("domains show example.org")]
    [InlineData("domains categories list")]
    [InlineData("domains organisations list")]
    [InlineData("identities list")]
    [InlineData("mails list")]
    [InlineData("audit verify")]
    [InlineData("audit export FOLDER/events.jsonl")]
    [InlineData("db copy --to Sqlite --connection DataSource=FOLDER/copy.db")]
    public async Task A_verb_that_reads_makes_no_portal_in_a_misspelt_folder(string args)
    {
        var result = await Misspelt.RunAsync(args.Replace("FOLDER", _folder.Path, StringComparison.Ordinal).Split(' '));

        Assert.Equal($"There is no database at {Path.Combine(Misspelt.DataDirectory, "portal.db")}. Run \"Portal db migrate\", or set Portal:DataDirectory.", result.Failure);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task In_a_folder_that_is_there_it_begins_a_portal_as_a_start_does() =>
        Assert.Equal(0, (await new CommandLine(_folder.Path).JsonAsync("users", "list")).GetProperty("total").GetInt32());

    [Fact]
    public async Task The_schema_is_looked_at_without_making_anything()
    {
        var status = await Misspelt.JsonAsync("db", "status");

        Assert.NotEqual(0, status.GetProperty("pending").GetArrayLength());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_verb_that_writes_makes_the_database_wherever_the_settings_put_it()
    {
        var elsewhere = Path.Combine(_folder.Path, "elsewhere", "site.db");

        await Misspelt.JsonAsync("roles", "create", "curator");
        await Misspelt.JsonAsync("roles", "create", "reader", $"--ConnectionStrings:Sqlite=Data Source={elsewhere}");

        var (here, there) = (await Misspelt.JsonAsync("roles", "list"), await Misspelt.JsonAsync("roles", "list", $"--ConnectionStrings:Sqlite=Data Source={elsewhere}"));
        Assert.Contains("curator", here.GetRawText());
        Assert.Contains("reader", there.GetRawText());
        Assert.True(File.Exists(elsewhere));
    }
}
