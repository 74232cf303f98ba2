using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Registration;

/// <summary>Registering and confirming.</summary>
internal static class RegistrationModule
{
    public static IServiceCollection AddRegistration(this IServiceCollection services)
    {
        services.AddSingleton<EmailConfirmation>();
        services.AddSingleton<IRegistrationService, RegistrationService>();
        return services;
    }
}
