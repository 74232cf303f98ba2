using Portal.Accounts.Administration;

namespace Portal.Account;

/// <summary>
/// Prints, once the portal serves, the address at which the first administrator makes their account; nothing once
/// anybody has the role. On the console and not in the log: who reads it becomes administrator, and logs travel.
/// Where there are administrators and none can sign in, the log says how they come back.
/// </summary>
internal sealed partial class FirstAdministratorNotice(
    ISetupService setup, TextWriter console, IHostApplicationLifetime lifetime, ILogger<FirstAdministratorNotice> logger) : BackgroundService
{
    internal async Task PrintAsync(CancellationToken cancellationToken)
    {
        if (await setup.NewLinkAsync(cancellationToken) is not { } link)
        {
            if (!await setup.CanSomebodyAdministerAsync(cancellationToken))
            {
                Log.NobodyAble(logger);
            }

            return;
        }

        Log.NoAdministrator(logger);
        await console.WriteLineAsync($"""

            There is no administrator yet. Within 24 hours, open this address to become it (it works once):

                {link}

            """);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await PrintAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The portal serves all the same; the next start tries again.
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "There is no administrator yet; the console shows the address at which to become it.")]
        public static partial void NoAdministrator(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "Whether there is an administrator could not be found out, nor an address for the first one be made; restart the portal to try again.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "No administrator can sign in. Look at Accounts:LocalLogin, Accounts:RequireConfirmedEmail and ExternalProviders; on the command line, \"users activate USER\" lets one in and \"users create EMAIL --active --confirm --role admin\" makes another.")]
        public static partial void NobodyAble(ILogger logger);
    }
}
