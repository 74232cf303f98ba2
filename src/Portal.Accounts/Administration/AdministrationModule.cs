using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration.Board;

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
        services.AddSingleton<IDomainAdmin, DomainAdmin>();
        services.AddSingleton<ISetupService, SetupService>();
        services.AddSingleton<ChosenSessions>();
        services.AddSingleton<ISessionAdmin, SessionAdmin>();
        services.AddSingleton<IImpersonationService, ImpersonationService>();
        services.AddSingleton<EventCounts>();
        services.AddSingleton<IBoardService, BoardService>();
        return services;
    }
}
