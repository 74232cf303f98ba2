using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Portal.Accounts;

namespace Portal.Account;

/// <summary>
/// Warns, once the portal serves, when its links lead to a port of this machine at which it does not listen: the address at
/// which the first administrator makes their account would be another program's, and passkeys would be refused.
/// </summary>
internal sealed partial class AddressNotice(
    IServer server, IOptions<PortalOptions> options, IHostApplicationLifetime lifetime, ILogger<AddressNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Look);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Look()
    {
        var (url, listening) = (options.Value.PublicUrl, server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        // An address may have a star for its host, which is no address of the web.
        if (url.IsLoopback && listening.Count > 0 && listening.All(address => BindingAddress.Parse(address).Port != url.Port))
        {
            Log.Elsewhere(logger, url, string.Join(", ", listening));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Links lead to {Url}, and the portal listens at {Addresses}. Unless something passes on what comes there, set Portal:PublicUrl to the address that people use.")]
        public static partial void Elsewhere(ILogger logger, Uri url, string addresses);
    }
}
