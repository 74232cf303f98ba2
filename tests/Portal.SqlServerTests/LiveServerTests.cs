using System.Security.Cryptography;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.SqlServerTests.Samples;

namespace Portal.SqlServerTests;

/// <summary>What only a server can show: that the migrations run and that every value comes back as it was written.</summary>
public sealed class LiveServerTests
{
    private const string Variable = "PORTAL_SQLSERVER";

    [Fact]
    public async Task The_migrations_run_and_every_entity_survives_a_round_trip()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrWhiteSpace(server), $"Set {Variable} to a connection string that may create databases to run this on SQL Server.");

        var name = "portal_tests_" + RandomNumberGenerator.GetHexString(12, lowercase: true);
        await OnMasterAsync(server!, $"CREATE DATABASE [{name}]");
        try
        {
            var connectionString = new SqlConnectionStringBuilder(server) { InitialCatalog = name, Pooling = false }.ConnectionString;
            await using var host = AccountsHost.Live(connectionString);
            await MigrateAndRoundTripAsync(host);
        }
        finally
        {
            await OnMasterAsync(server!, $"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]");
        }
    }

    [Fact]
    public async Task The_same_is_true_of_sqlite()
    {
        await using var host = AccountsHost.Sqlite();
        await MigrateAndRoundTripAsync(host);
    }

    private static async Task MigrateAndRoundTripAsync(AccountsHost host)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var migrator = host.Services.GetRequiredService<DatabaseMigrator>();
        Assert.NotEmpty(await migrator.MigrateAsync(cancellation));
        Assert.Empty(await migrator.PendingAsync(cancellation));
        Assert.Empty(await RoundTrip.DifferencesAsync(host.Contexts, cancellation));
    }

    private static async Task OnMasterAsync(string server, string sql)
    {
        var master = new SqlConnectionStringBuilder(server) { InitialCatalog = "master", Pooling = false };
        await using var connection = new SqlConnection(master.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
