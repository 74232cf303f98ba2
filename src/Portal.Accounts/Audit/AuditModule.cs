using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Audit;

/// <summary>The log of security events.</summary>
internal static class AuditModule
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditChain>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditChain>());
        services.AddSingleton<IAuditAdmin, AuditAdmin>();
        return services;
    }
}
