using Portal.Accounts.Data;
using Portal.SqlServerTests.Capture;
using Portal.SqlServerTests.Lint;

namespace Portal.SqlServerTests;

public sealed class ScriptTests : IAsyncLifetime
{
    private readonly AccountsHost host = AccountsHost.Recording(new Recorder());

    [Fact]
    public void The_create_script_is_readable_to_sql_server_2019()
    {
        using var context = host.Contexts.CreateDbContext();
        var script = SchemaScripts.Create(context);
        Assert.Empty(TransactSql.Parse(script).Faults);
        Assert.Empty(FunctionLint.Faults(script));
    }

    [Fact]
    public void The_migration_script_is_readable_to_sql_server_2019()
    {
        using var context = host.Contexts.CreateDbContext();
        var script = SchemaScripts.Migrations(context);
        Assert.Contains("__EFMigrationsHistory", script, StringComparison.Ordinal);
        Assert.Empty(TransactSql.Parse(script).Faults);
        Assert.Empty(FunctionLint.Faults(script));
    }

    [Fact]
    public void The_tables_and_views_make_a_valid_schema()
    {
        using var context = host.Contexts.CreateDbContext();
        using var schema = new SchemaModel(SchemaScripts.Create(context), SchemaScripts.Views, SchemaScripts.History(context));
        Assert.Empty(schema.Faults());
    }

    [Fact]
    public void The_migration_script_makes_the_views()
    {
        using var context = host.Contexts.CreateDbContext();
        var script = SchemaScripts.Migrations(context);
        Assert.All(UserCountsSchema.SqlServer, statement => Assert.Contains($"EXEC(N'{statement.Split('\n')[0].Trim()}", script, StringComparison.Ordinal));
    }

    [Fact]
    public void A_view_of_what_is_not_there_is_refused()
    {
        using var schema = new SchemaModel("CREATE TABLE [dbo].[A] ([Id] int PRIMARY KEY)", "CREATE VIEW [dbo].[V] WITH SCHEMABINDING AS SELECT [Colour] FROM [dbo].[A]");
        Assert.Contains(schema.Faults(), fault => fault.Contains("Colour", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SELECT [Id] FROM [Users] LIMIT 5")]
    [InlineData("CREATE TABLE [A] ([Id] INTEGER PRIMARY KEY AUTOINCREMENT)")]
    [InlineData("SELECT [Id] FROM User")]
    [InlineData("SELECT [Id] FROM [Users] OFFSET 5 ROWS")]
    public void Another_dialect_is_refused(string sql) => Assert.NotEmpty(TransactSql.Parse(sql).Faults);

    [Fact]
    public void A_foreign_key_to_nowhere_is_refused()
    {
        using var schema = new SchemaModel("CREATE TABLE [A] ([Id] int PRIMARY KEY, [BId] int CONSTRAINT [FK] REFERENCES [B] ([Id]))");
        Assert.Contains(schema.Faults(), fault => fault.StartsWith("SQL71501", StringComparison.Ordinal));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
