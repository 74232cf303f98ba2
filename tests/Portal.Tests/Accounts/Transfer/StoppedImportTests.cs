using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Transfer;
using Portal.Testing;

namespace Portal.Tests.Accounts.Transfer;

/// <summary>What stays of an import that is stopped while it writes.</summary>
public sealed class StoppedImportTests
{
    private const int People = (4 * FileBatches.MaxLines) + 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    // Whoever is met has all that shares their transaction undone, and written again a batch each.
    [InlineData(2 * FileBatches.MaxLines + 10)]
    public async Task Whole_batches_stay_and_the_rest_comes_when_it_is_asked_again(int? there)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        // The fourth batch is checked while the third is written, or is about to be.
        var rule = new Stopping($"person{(3 * FileBatches.MaxLines) + 1}@example.org", stopping.Cancel);
        await using var host = await PortalHost.StartAsync(options => options.ConfigureServices = services => services.AddSingleton<IEmailDomainRule>(rule));
        var met = there is null ? 0 : 1;
        if (there is { } number)
        {
            await ImportAsync(host, Cancel, Line(number));
        }

        var (stopped, told) = await ImportAsync(host, stopping.Token);
        Assert.IsAssignableFrom<OperationCanceledException>(stopped);
        var stayed = await host.QueryAsync(context => context.Users.CountAsync(Cancel));
        Assert.Contains((told.Imported, told.AlreadyThere), ((long, long)[])[(2 * FileBatches.MaxLines, 0), ((3 * FileBatches.MaxLines) - met, met)]);
        Assert.Equal(stayed, told.Imported + met);

        var (failed, rest) = await ImportAsync(host, Cancel);
        Assert.Null(failed);
        Assert.Equal((People - stayed, stayed), (rest.Imported, rest.AlreadyThere));
        Assert.Equal(People, await host.QueryAsync(context => context.UserCounts.SumAsync(row => row.Count, Cancel)));
        // SQLite compares its index with the rows, and fails when they differ.
        await host.QueryAsync(context => context.Database.ExecuteSqlRawAsync("""INSERT INTO "UserText"("UserText", rank) VALUES ('integrity-check', 1)""", Cancel));
    }

    [Fact]
    public async Task The_connection_goes_back_as_it_came()
    {
        await using var host = await PortalHost.StartAsync();
        var before = await RoomAsync(host);

        await ImportAsync(host, Cancel);

        Assert.Equal(before, await RoomAsync(host));
    }

    private static Task<(long Cache, long Journal)> RoomAsync(PortalHost host) => host.QueryAsync(async context =>
    {
        await context.Database.OpenConnectionAsync(Cancel);
        return (await ReadAsync(context, "PRAGMA cache_size"), await ReadAsync(context, "PRAGMA wal_autocheckpoint"));
    });

    private static async Task<long> ReadAsync(PortalDbContext context, string pragma)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static string Line(int number) => $$"""{"email": "person{{number}}@example.org", "created": "2018-01-01T00:00:00Z"}""";

    private static async Task<(Exception? Failed, ImportOutcome Told)> ImportAsync(PortalHost host, CancellationToken cancellationToken, params string[] lines)
    {
        ImportOutcome? told = null;
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines.Length > 0 ? lines : Enumerable.Range(1, People).Select(Line))));
        var request = new ImportRequest(TransferFormat.JsonLines) { Ended = outcome => told = outcome };
        var failed = await Record.ExceptionAsync(() => host.Get<ITransferAdmin>().ImportAsync(file, request, cancellationToken));
        return (failed, told!);
    }

    /// <summary>Somebody stops the import when it comes to an address.</summary>
    private sealed class Stopping(string at, Action stop) : IEmailDomainRule
    {
        public string? Refuse(string email, string domain)
        {
            if (email == at)
            {
                stop();
            }

            return null;
        }
    }
}
