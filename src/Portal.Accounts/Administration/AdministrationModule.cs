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
        services.AddSingleton<UserFilters>();
        services.AddSingleton<IUserList, UserList>();
        services.AddSingleton<IListWishes, ListWishes>();
        services.AddSingleton<IRoleAdmin, RoleAdmin>();
        services.AddSingleton<IDomainAdmin, DomainAdmin>();
        services.AddSingleton<ISetupService, SetupService>();
        return services;
    }
}
