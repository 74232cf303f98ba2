using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Data;

namespace Portal.Tests.House;

/// <summary>A context of either dialect, from the library's own registration, for looking at its model. Nothing is connected.</summary>
internal static class ModelServices
{
    public static ServiceProvider Of(DatabaseProvider provider)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider.ToString(),
            ["ConnectionStrings:Sqlite"] = "Data Source=:memory:",
            ["ConnectionStrings:SqlServer"] = "Server=nowhere.invalid",
        }).Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddAccounts(configuration)
            .BuildServiceProvider();
    }

    public static PortalDbContext Context(this ServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();
}
