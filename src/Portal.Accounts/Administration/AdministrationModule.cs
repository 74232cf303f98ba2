using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Administration;

/// <summary>What operators do.</summary>
internal static class AdministrationModule
{
    public static IServiceCollection AddAdministration(this IServiceCollection services)
    {
        services.AddSingleton<OperatorGuard>();
        services.AddSingleton<Memberships>();
        services.AddSingleton<AccountCreation>();
        services.AddSingleton<IUserAdmin, UserAdmin>();
        services.AddSingleton<IRoleAdmin, RoleAdmin>();
        services.AddSingleton<DomainLists>();
        services.AddSingleton<DomainReach>();
        services.AddSingleton<DomainPeople>();
        services.AddSingleton<IDomainAdmin, DomainAdmin>();
        services.AddSingleton<IDomainLabelAdmin, DomainLabelAdmin>();
        services.AddSingleton<IIdentityAdmin, IdentityAdmin>();
        services.AddSingleton<IMailAdmin, MailAdmin>();
        services.AddSingleton<IEventAdmin, EventAdmin>();
        services.AddSingleton<ISetupService, SetupService>();
        return services;
    }
}
