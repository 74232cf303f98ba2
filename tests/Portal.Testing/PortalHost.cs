using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Portal.Account;
using Portal.Accounts.Data;

namespace Portal.Testing;

/// <summary>The whole portal, running: its pages, rules, timers and a real SQLite database, in a folder of its own.</summary>
/// <remarks>
/// Started by <see cref="StartAsync"/>, gone with everything it wrote after <see cref="DisposeAsync"/>. May be used from
/// several tests at once as long as none moves the clock under the others.
/// </remarks>
public sealed partial class PortalHost : IAsyncDisposable
{
    private const string DatabaseFile = "portal.db";

    /// <summary>The database as a first start leaves it: made once, for migrating takes a tenth of a start.</summary>
    private static readonly Lazy<Task<byte[]>> FirstStart = new(MigrateAsync);

    private readonly Factory factory;
    private readonly bool ownsData;
    private readonly FakeTimeProvider? fakeClock;

    private PortalHost(Factory factory, bool ownsData, Uri baseAddress, string dataDirectory, FakeTimeProvider? clock)
    {
        this.factory = factory;
        this.ownsData = ownsData;
        BaseAddress = baseAddress;
        DataDirectory = dataDirectory;
        fakeClock = clock;
        Mails = new CaughtMails(Path.Combine(dataDirectory, "mail"));
    }

    /// <summary>The portal's services. Resolve scoped ones from a scope of your own.</summary>
    public IServiceProvider Services => factory.Services;

    /// <summary>Where the portal is reached; also the base of links in mails, unless <c>Portal:PublicUrl</c> is set otherwise.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The folder of database, mails and keys.</summary>
    public string DataDirectory { get; }

    /// <summary>
    /// The portal's time. Starts at the minute it really is, because browsers judge cookies by the real time. Advancing it
    /// wakes each timer that is due once; what the timer starts then runs by itself.
    /// </summary>
    /// <exception cref="InvalidOperationException">The host has the real clock.</exception>
    public FakeTimeProvider Clock => fakeClock ?? throw new InvalidOperationException("This host was started with the real clock.");

    /// <summary>The mails the portal has sent.</summary>
    public CaughtMails Mails { get; }

    /// <summary>Starts a portal.</summary>
    /// <param name="configure">What is different from the shipped one; null for nothing.</param>
    public static async Task<PortalHost> StartAsync(Action<PortalHostOptions>? configure = null)
    {
        var options = new PortalHostOptions();
        configure?.Invoke(options);
        var ownsData = options.DataDirectory is null;
        var data = options.DataDirectory ?? Directory.CreateTempSubdirectory("portal-").FullName;
        if (ownsData && !options.Settings.Keys.Any(key => key.StartsWith("Database:", StringComparison.OrdinalIgnoreCase) || key.StartsWith("ConnectionStrings:", StringComparison.OrdinalIgnoreCase)))
        {
            await File.WriteAllBytesAsync(Path.Combine(data, DatabaseFile), await FirstStart.Value);
        }

        var port = options.UseKestrel ? FreePort() : 0;
        var address = new Uri(options.Settings.TryGetValue("Portal:PublicUrl", out var url) && !options.UseKestrel ? url! : $"http://localhost{(port > 0 ? $":{port}" : "")}");
        var clock = options.UseRealClock ? null : options.Clock ?? new SteppingClock(WholeMinute(TimeProvider.System.GetUtcNow()));
        var factory = new Factory(options, data, address, clock);
        try
        {
            if (options.UseKestrel)
            {
                factory.UseKestrel(port);
            }

            await Task.Run(factory.StartServer);
        }
        catch
        {
            await factory.DisposeAsync();
            if (ownsData)
            {
                Directory.Delete(data, recursive: true);
            }

            throw;
        }

        return new PortalHost(factory, ownsData, address, data, clock);
    }

    /// <summary>Stops the portal in good order and deletes its folder, if it is its own.</summary>
    public async ValueTask DisposeAsync()
    {
        // Files of a pool stay open, and some systems delete no open file.
        await using (var context = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            var connection = new SqliteConnection(context.Database.GetConnectionString());
            await factory.DisposeAsync();
            SqliteConnection.ClearPool(connection);
        }

        if (ownsData)
        {
            DeleteData(DataDirectory);
        }
    }

    /// <summary>Deletes the folder of a host that has stopped.</summary>
    private static void DeleteData(string folder)
    {
        // The reading of a page whose browser is gone may outlive the host, and SQLite would make files as they are
        // deleted. Moved away, the folder is out of its reach.
        var gone = $"{folder}.gone";
        Directory.Move(folder, gone);
        Directory.Delete(gone, recursive: true);
    }

    private static async Task<byte[]> MigrateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("portal-");
        try
        {
            await using (await StartAsync(options => options.DataDirectory = folder.FullName))
            {
                // Starting it is all.
            }

            return await File.ReadAllBytesAsync(Path.Combine(folder.FullName, DatabaseFile));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DateTimeOffset WholeMinute(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Factory(PortalHostOptions options, string data, Uri address, TimeProvider? clock) : WebApplicationFactory<Program>
    {
        public bool IsOnNetwork => options.UseKestrel;

        public Func<DelegatingHandler>? Watch => options.Watch;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(options.Environment);
            // Outside Development the files of an unpublished build are served only when asked for.
            builder.UseStaticWebAssets();
            builder.UseSetting("Portal:DataDirectory", data);
            builder.UseSetting("Portal:PublicUrl", address.OriginalString);
            builder.UseSetting("Passwords:Iterations", "1000");
            foreach (var (key, value) in options.Settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureServices(services =>
            {
                services.AddSingleton<IStartupFilter, AddressFromHeader>();
                // The console belongs to the test's runner.
                services.Remove(services.Single(service => service.ImplementationType == typeof(FirstAdministratorNotice)));
                if (clock is not null)
                {
                    services.Replace(ServiceDescriptor.Singleton(clock));
                }

                options.ConfigureServices?.Invoke(services);
            });
        }
    }

    /// <summary>In memory there is no network to come from, so a client says where it is.</summary>
    private sealed class AddressFromHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, then) =>
            {
                if (IPAddress.TryParse(http.Request.Headers[AddressHeader], out var from))
                {
                    http.Connection.RemoteIpAddress = from;
                }

                return then(http);
            });
            next(app);
        };
    }
}
