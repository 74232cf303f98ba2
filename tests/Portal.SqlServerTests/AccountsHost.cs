using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Accounts;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.SqlServerTests.Capture;

namespace Portal.SqlServerTests;

/// <summary>The library's services as the web host builds them, never started. Files go to a folder that is deleted afterwards.</summary>
internal sealed class AccountsHost : IAsyncDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("portal-");
    private readonly WebApplication application;

    private AccountsHost(DatabaseProvider provider, string connectionString, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Development,
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Portal:DataDirectory"] = data.FullName,
            ["Database:Provider"] = provider.ToString(),
            ["ConnectionStrings:" + provider] = connectionString,
        });
        builder.Logging.ClearProviders();
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = true);
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddSingleton<IMailRenderer, NoMailRenderer>();
        configure?.Invoke(builder.Services);
        application = builder.Build();
    }

    public IServiceProvider Services => application.Services;

    public IDbContextFactory<PortalDbContext> Contexts => Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();

    /// <summary>The SQL Server dialect with nothing behind it: every command is written down and answered from nowhere.</summary>
    public static AccountsHost Recording(Recorder recorder) => new(
        DatabaseProvider.SqlServer,
        "Server=nowhere.invalid;Database=Portal;Encrypt=true",
        services => services
            .AddSingleton(recorder)
            .ConfigureDbContext<SqlServerPortalDbContext>(options => options.AddInterceptors(recorder)));

    /// <summary>The SQL Server dialect on a real database. One statement a batch, so that a failure names its row.</summary>
    public static AccountsHost Live(string connectionString) => new(
        DatabaseProvider.SqlServer,
        connectionString,
        services => services.ConfigureDbContext<SqlServerPortalDbContext>(
            options => options.UseSqlServer(server => server.MaxBatchSize(1))));

    /// <summary>The SQLite dialect, to show that what is asked of a live server can be asked at all.</summary>
    public static AccountsHost Sqlite() => new(DatabaseProvider.Sqlite, "Data Source=portal.db;Pooling=false");

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        data.Delete(recursive: true);
    }

    /// <summary>The site puts mails into words; here the sender only gets as far as its tables.</summary>
    private sealed class NoMailRenderer : IMailRenderer
    {
        public Task<RenderedMail> RenderAsync(AccountMail mail, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
