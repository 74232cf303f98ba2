using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Data;

/// <summary>The database: options, the dialect the settings ask for, migrations on start.</summary>
internal static class DataModule
{
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TimestampInterceptor>();
        services.AddSingleton<WriterPatience>();
        services.AddSingleton<SqliteFile>();
        services.AddSingleton(provider => new SqliteHistory(provider.GetRequiredService<SqliteFile>().ConnectionString));
        services.AddSingleton<OtherDatabases>();
        services.AddSingleton<ImportLock>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddSingleton<IDatabaseAdmin>(provider => provider.GetRequiredService<DatabaseMigrator>());
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseMigrator>());
        services.AddSingleton<AddressSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<AddressSweeper>());

        // The context asks the application for these; without them the model would be Identity's oldest.
        services.Configure<IdentityOptions>(identity =>
        {
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            identity.Stores.MaxLengthForKeys = PortalDbContext.Lengths.ExternalId;
        });

        // The one place that knows the provider. An unreadable value is reported by the validator, not here.
        return Enum.TryParse<DatabaseProvider>(configuration[DatabaseOptions.Section + ":Provider"], ignoreCase: true, out var kind)
            && kind is DatabaseProvider.SqlServer
                ? services.AddDialect<SqlServerPortalDbContext>((provider, options) =>
                    options.UseSqlServer(provider.GetRequiredService<IConfiguration>().GetConnectionString(nameof(DatabaseProvider.SqlServer)) ?? ""))
                : services.AddDialect<SqlitePortalDbContext>((provider, options) =>
                    options.UseSqlite(provider.GetRequiredService<SqliteFile>().ConnectionString).AddInterceptors(provider.GetRequiredService<WriterPatience>()));
    }

    private static IServiceCollection AddDialect<TContext>(
        this IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> use)
        where TContext : PortalDbContext
    {
        services.AddDbContextFactory<TContext>((provider, options) =>
        {
            use(provider, options);
            options.AddInterceptors(provider.GetRequiredService<TimestampInterceptor>());
            // What is counted up to a limit has no order: told to who looks for it.
            options.ConfigureWarnings(warnings => warnings.Log((CoreEventId.RowLimitingOperationWithoutOrderByWarning, LogLevel.Debug)));
            // Rooms above listen to what is written.
            options.AddInterceptors(provider.GetServices<IInterceptor>());
        });
        services.AddSingleton<IDbContextFactory<PortalDbContext>, DialectFactory<TContext>>();
        // Identity's stores want a context of their scope.
        services.AddScoped<PortalDbContext>(provider => provider.GetRequiredService<TContext>());
        return services;
    }

    /// <summary><see cref="IDbContextFactory{TContext}"/> is not covariant.</summary>
    private sealed class DialectFactory<TContext>(IDbContextFactory<TContext> dialect) : IDbContextFactory<PortalDbContext>
        where TContext : PortalDbContext
    {
        public PortalDbContext CreateDbContext() => dialect.CreateDbContext();

        public async Task<PortalDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            await dialect.CreateDbContextAsync(cancellationToken);
    }
}
