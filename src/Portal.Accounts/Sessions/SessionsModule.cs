using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Accounts.Sessions.Geo;

namespace Portal.Accounts.Sessions;

/// <summary>Sessions, circuits, and the cookie between them.</summary>
internal static class SessionsModule
{
    public static IServiceCollection AddSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SessionsOptions>().BindConfiguration(SessionsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SessionsOptions>, SessionsOptionsValidator>();
        services.AddGeo(configuration);
        services.AddOptions<GeoOptions>().PostConfigure<PortalPaths>((geo, paths) =>
            geo.DatabasePath = geo.DatabasePath.Length > 0 ? Path.GetFullPath(geo.DatabasePath, paths.DataDirectory) : "");

        // Memory of this node
        services.AddSingleton<SessionCache>();
        services.AddSingleton<LiveCircuits>();

        // Rows
        services.AddSingleton<RequestOrigins>();
        services.AddSingleton<SessionKeys>();
        services.AddSingleton<NewSessions>();
        services.AddSingleton<SessionCapacity>();
        services.AddSingleton<SessionTickets>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionEnder>();
        services.AddSingleton<RecentAuthentication>();
        services.AddSingleton<SessionInfos>();
        services.AddSingleton<ISessionService, SessionService>();

        // Timers
        services.AddHosted<SessionWatch>();
        services.AddHosted<LastSeenWriter>();
        services.AddHosted<SessionSweeper>();

        // One a circuit
        services.AddScoped<CircuitSession>();
        services.AddScoped<ICircuitSession>(provider => provider.GetRequiredService<CircuitSession>());
        services.AddScoped<CircuitHandler, SessionCircuitHandler>();
        services.Configure<HubOptions>(hubs => hubs.AddFilter<CircuitDoor>());

        // The cookie
        services.AddAuthentication(options =>
            {
                options.DefaultScheme = SessionSchemes.Current;
                options.DefaultSignInScheme = SessionSchemes.Begin;
            })
            .AddCookie(SessionSchemes.Current)
            .AddCookie(SessionSchemes.Begin);
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookieOptions>();
        services.AddSingleton<SessionCookieEvents>();
        return services;
    }

    private static void AddHosted<T>(this IServiceCollection services)
        where T : class, Microsoft.Extensions.Hosting.IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
