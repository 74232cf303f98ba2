using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Recovery;

/// <summary>A new password for who forgot theirs.</summary>
internal static class RecoveryModule
{
    public static IServiceCollection AddRecovery(this IServiceCollection services)
    {
        services.AddSingleton<RecoveryService>();
        services.AddSingleton<IRecoveryService>(provider => provider.GetRequiredService<RecoveryService>());
        services.AddSingleton<IInvitationService>(provider => provider.GetRequiredService<RecoveryService>());
        return services;
    }
}
