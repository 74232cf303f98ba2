using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Portal.Account;

/// <summary>The static pages and what they need.</summary>
internal static class AccountModule
{
    public static IServiceCollection AddAccount(this IServiceCollection services)
    {
        // Where the portal speaks to whoever started it.
        services.TryAddSingleton(Console.Out);
        services.AddHostedService<AddressNotice>();
        services.AddHostedService<FirstAdministratorNotice>();
        return services;
    }
}
