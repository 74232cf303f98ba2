using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Recovery;

/// <summary>A new password for who forgot theirs.</summary>
internal static class RecoveryModule
{
    public static IServiceCollection AddRecovery(this IServiceCollection services)
    {
        services.AddSingleton<RecoveryLinks>();
        services.AddSingleton<IRecoveryService, RecoveryService>();
        return services;
    }
}
