using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Data;

namespace Portal.Tests.Accounts.Data;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-journal-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_new_database_lets_people_write_while_others_read()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Portal:DataDirectory", folder), new("ConnectionStrings:Sqlite", "Data Source=portal.db;Default Timeout=1")])
            .Build();
        var collection = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddSingleton<PortalPaths>();
        collection.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section);
        collection.AddData(configuration);
        await using var services = collection.BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancelled);
        var contexts = services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        await using var reading = await contexts.CreateDbContextAsync(cancelled);
        reading.EmailDomains.AddRange(Domain("a.example"), Domain("b.example"));
        await reading.SaveChangesAsync(cancelled);
        await using var reader = reading.EmailDomains.AsNoTracking().AsAsyncEnumerable().GetAsyncEnumerator(cancelled);
        Assert.True(await reader.MoveNextAsync());

        await using var writing = await contexts.CreateDbContextAsync(cancelled);
        writing.EmailDomains.Add(Domain("c.example"));
        Assert.Equal(1, await writing.SaveChangesAsync(cancelled));
    }

    private static EmailDomain Domain(string name) => new() { Name = name, TopLevel = "example" };
}
