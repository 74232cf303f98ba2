using Microsoft.Data.Sqlite;
using Portal.Accounts.Administration;
using Portal.Testing;

namespace Portal.Tests.Web.Cli;

public sealed class DatabaseCopyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_of_every_table_is_there_and_numbers_go_on_where_they_ended()
    {
        await using var host = await PortalHost.StartAsync();
        var admin = await host.CreateUserAsync(roles: "admin");
        var gone = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(admin);
        var labels = host.Get<IDomainLabelAdmin>();
        await labels.AddOrganisationAsync(new OrganisationEdit("University"), Operator.CommandLine, Cancel);
        var parent = (await labels.ListAsync(Cancel)).Organisations[0].Id;
        await labels.AddOrganisationAsync(new OrganisationEdit("Library", parent, "https://ror.org/1"), Operator.CommandLine, Cancel);
        await host.Get<IUserAdmin>().DeleteAsync(gone.Email, "test", Operator.CommandLine, cancellationToken: Cancel);
        using var cli = new CommandLine(host.DataDirectory);
        var file = Path.Combine(host.DataDirectory, "copy.db");
        using var pool = new SqliteConnection($"Data Source={file}");

        var copied = await cli.JsonAsync("db", "copy", "--to", "Sqlite", "--connection", pool.ConnectionString);

        var rows = copied.GetProperty("tables").EnumerateObject().ToDictionary(table => table.Name, table => table.Value.GetInt64());
        Assert.Equal((1, 2, 1), (rows["Users"], rows["Organisations"], rows["Memberships"]));
        Assert.True(rows["AuditEvents"] > 3 && rows["Sessions"] > 0, "Something was not copied.");
        Assert.Equal(await DumpAsync(Path.Combine(host.DataDirectory, "portal.db")), await DumpAsync(file));
        using var there = new CommandLine(host.DataDirectory);
        var made = await there.JsonAsync("users", "create", "new@example.org", "--password", PortalHost.DefaultPassword, "--ConnectionStrings:Sqlite", pool.ConnectionString);
        Assert.Equal(gone.Id + 1, made.GetProperty("id").GetInt64());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.Contains("The other database is not empty", (await cli.RunAsync("db", "copy", "--to", "Sqlite", "--connection", pool.ConnectionString)).Failure, StringComparison.Ordinal);
        SqliteConnection.ClearPool(pool);
    }

    [Fact]
    public async Task Without_a_database_to_copy_to_it_says_what_to_give()
    {
        using var cli = new CommandLine();
        await cli.JsonAsync("db", "migrate");

        Assert.Equal(2, (await cli.RunAsync("db", "copy", "--to", "Oracle", "--connection", "x")).Status);
        Assert.Equal(2, (await cli.RunAsync("db", "copy")).Status);
        Assert.Equal(2, (await cli.RunAsync("db", "copy", "--to", "Sqlite")).Status);
        Assert.Equal(2, (await cli.RunAsync("db", "copy", "--to", "Sqlite", "--connection", "x", "--connection-stdin")).Status);
        Assert.Contains("standard input is empty", (await cli.RunAsync("db", "copy", "--to", "Sqlite", "--connection-stdin")).Failure, StringComparison.Ordinal);
        Assert.Contains("connection string cannot be read", (await cli.RunAsync("db", "copy", "--to", "Sqlite", "--connection", "nonsense")).Failure, StringComparison.Ordinal);
    }

    /// <summary>Every row of every table as text, but for the journal of migrations and what the search index keeps inside.</summary>
    private static async Task<string> DumpAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(Cancel);
        var names = await RowsAsync("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'UserText\\_%' ESCAPE '\\' ORDER BY name");
        List<string> all = [];
        foreach (var name in names)
        {
            all.Add(name);
            all.AddRange((await RowsAsync($"SELECT * FROM \"{name}\"")).Order(StringComparer.Ordinal));
        }

        return string.Join('\n', all);

        async Task<List<string>> RowsAsync(string query)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = query;
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            List<string> rows = [];
            while (await reader.ReadAsync(Cancel))
            {
                rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(column).ToString())));
            }

            return rows;
        }
    }
}
