using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts;

/// <summary>Everything the portal knows, room by room.</summary>
public static class AccountsModule
{
    /// <summary>Registers the accounts: data, sessions, mail and what people do with them. Options are validated when the host starts.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The application's settings; decides on the database provider.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PortalOptions>, PortalOptionsValidator>();
        services.AddSingleton<PortalPaths>();

        // Floor 0
        services.AddData(configuration);
        services.AddEvents();

        return services;
    }
}
