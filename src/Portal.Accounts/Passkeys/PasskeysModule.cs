using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Passkeys;

/// <summary>What a passkey's answer is held against, whoever asked for it.</summary>
internal static class PasskeysModule
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddSingleton<PasskeyTickets>();
        services.AddSingleton<PasskeySeals>();
        services.AddSingleton<PasskeyCeremonies>();
        services.AddSingleton<PasskeyProofs>();
        return services;
    }
}
