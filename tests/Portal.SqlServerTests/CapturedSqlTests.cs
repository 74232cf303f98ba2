using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Portal.SqlServerTests.Capture;
using Portal.SqlServerTests.Lint;

namespace Portal.SqlServerTests;

/// <summary>Every statement the library sends, held against SQL Server's grammar, the tables and the known functions.</summary>
public sealed class CapturedSqlTests(CapturedSql captured) : IClassFixture<CapturedSql>
{
    [Fact]
    public void Every_query_can_be_translated() => Assert.Empty(captured.Runs
        .Where(run => run.IsUntranslatable)
        .Select(run => $"{run.Operation.Name}: {run.Failure!.Message}"));

    [Fact]
    public void Every_named_operation_reaches_its_end_and_the_database() => Assert.Empty(captured.Runs
        .Where(run => run.Operation.MustFinish)
        .GroupBy(run => run.Operation.Name)
        .Where(runs => runs.All(run => run.Failure is not null) || runs.All(run => run.Statements.Count == 0))
        .Select(runs => $"{runs.Key}: {string.Join(" / ", runs.Select(run => run.Failure?.Message ?? "no statement"))}"));

    [Fact]
    public void Everything_that_is_given_a_context_is_captured() => Assert.Empty(AutomaticOperations.Types
        .Where(type => !captured.Runs.Any(run => AutomaticOperations.IsOf(run.Operation, type) && run.Statements.Count > 0))
        .Select(type => $"{type}: give {nameof(CapturedOperations)} a line named \"{type.Name}.…\""));

    [Fact]
    public void Every_statement_is_readable_to_sql_server_2019() => Assert.Empty(captured.Statements.SelectMany(pair =>
        TransactSql.Parse(pair.Statement.Sql).Faults.Select(fault => $"{pair.Operation}: {fault}\n{pair.Statement.Sql}")));

    [Fact]
    public void Every_function_is_known_to_sql_server_2019() => Assert.Empty(captured.Statements.SelectMany(pair =>
        FunctionLint.Faults(pair.Statement.Sql).Select(fault => $"{pair.Operation}: {fault}\n{pair.Statement.Sql}")));

    [Fact]
    public async Task No_list_is_held_against_a_column_of_another_collation()
    {
        await using var host = AccountsHost.Recording(new Recorder());
        await using var context = await host.Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        var model = context.GetService<IDesignTimeModel>().Model;

        Assert.Empty(captured.Statements.SelectMany(pair => CollationLint.Faults(model, pair.Statement.Sql).Select(fault => $"{pair.Operation}: {fault}\n{pair.Statement.Sql}")));
        Assert.Equal(["Users.NormalizedEmail"], CollationLint.Faults(model, context.Users.Where(user => EF.Parameter(new List<string> { "A" }).Contains(user.NormalizedEmail!)).ToQueryString()));
        Assert.Empty(CollationLint.Faults(model, context.Sessions.Where(session => EF.Parameter(new List<string> { "a" }).Contains(session.Id)).ToQueryString()));
    }

    [Fact]
    public async Task Every_statement_fits_the_tables()
    {
        await using var host = AccountsHost.Recording(new Recorder());
        await using var context = await host.Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        using var schema = new SchemaModel(SchemaScripts.Create(context), SchemaScripts.Views, SchemaScripts.History(context));
        // Migrations define tables, which a procedure may not, and lock by procedures of the server; ScriptTests looks at them.
        var checkable = captured.Statements
            .Where(pair => !TransactSql.Defines(pair.Statement.Sql) && !pair.Statement.Sql.Contains("applock", StringComparison.Ordinal))
            .ToList();
        for (var i = 0; i < checkable.Count; i++)
        {
            schema.Add(Name(i), checkable[i].Statement);
        }

        Assert.Empty(schema.Faults().Select(fault => fault + "\n" + string.Join("\n", checkable
            .Where((_, i) => fault.Contains($"[{Name(i)}]", StringComparison.Ordinal))
            .Select(pair => $"{pair.Operation}: {pair.Statement.Sql}"))));
    }

    [Fact]
    public void The_merge_of_several_inserts_is_among_them() =>
        Assert.Contains(captured.Statements, pair => pair.Statement.Sql.Contains("MERGE", StringComparison.Ordinal));

    [Fact]
    public void A_text_is_sought_among_all_users_once()
    {
        var searches = captured.Runs.Where(run => run.Operation.Name == "UserFilters.MatchAsync, a text anywhere").ToList();

        Assert.NotEmpty(searches);
        Assert.All(searches, run => Assert.Single(run.Statements, statement => statement.Sql.Contains("[NormalizedFullName] LIKE", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_session_that_is_about_to_end_is_locked_as_it_is_read_after_its_user()
    {
        var ends = captured.Runs.Where(run => run.Operation is { MustFinish: true } && run.Operation.Name.StartsWith("SessionEnder.EndAsync, ", StringComparison.Ordinal) && run.Failure is null).ToList();

        Assert.NotEmpty(ends);
        Assert.All(ends, run =>
        {
            Assert.Contains("UPDATE [u]\nSET [u].[IsActive] = [u].[IsActive]\nFROM [Users]", run.Statements[0].Sql.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.Contains("FROM [Sessions] WITH (UPDLOCK)", run.Statements[1].Sql, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("SELECT [Colour] FROM [A]", "Colour")]
    [InlineData("DELETE FROM [B]", "B")]
    [InlineData("UPDATE [A] SET [Nothing] = @p0 WHERE [Id] = 1", "Nothing")]
    public void A_statement_that_does_not_fit_is_told(string sql, string about)
    {
        using var schema = new SchemaModel("CREATE TABLE [A] ([Id] int NOT NULL PRIMARY KEY)");
        schema.Add("captured", new CapturedStatement(sql, "@p0 int"));
        Assert.Contains(schema.Faults(), fault => fault.Contains(about, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SELECT strftime('%Y', [At]) FROM [A]", "strftime")]
    [InlineData("SELECT GREATEST(1, 2)", "GREATEST")]
    [InlineData("SELECT [dbo].[Own](1)", ".Own")]
    [InlineData("SELECT [value] FROM GENERATE_SERIES(1, 10)", "GENERATE_SERIES")]
    [InlineData("EXEC(N'SELECT LEAST(1, 2)')", "LEAST")]
    [InlineData("EXEC xp_cmdshell 'dir'", "xp_cmdshell")]
    public void An_unknown_function_is_told(string sql, string function) => Assert.Contains(function, FunctionLint.Faults(sql));

    private static string Name(int number) => $"captured_{number:D4}";
}
