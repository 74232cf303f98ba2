using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Portal.Accounts;

/// <summary>Says at a start in production that others of the machine may look into the data directory.</summary>
internal sealed partial class DataFolderWarnings(PortalPaths paths, IHostEnvironment environment, ILogger<DataFolderWarnings> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsProduction() && OwnFolder.OpenMode(paths.DataDirectory) is { } mode)
        {
            Log.Open(logger, paths.DataDirectory, Convert.ToString((int)mode, toBase: 8).PadLeft(4, '0'));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Other users of this machine may look into the data directory {Path} ({Mode}), where database, keys and mails lie. Unless that is meant, close it: chmod 700.")]
        public static partial void Open(ILogger logger, string path, string mode);
    }
}
