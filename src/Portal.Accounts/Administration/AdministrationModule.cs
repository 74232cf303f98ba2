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
        services.AddSingleton<FactorRemoval>();
        services.AddSingleton<UserModeration>();
        services.AddSingleton<UserEditing>();
        services.AddSingleton<IUserAdmin, UserAdmin>();
        services.AddSingleton<RoleLists>();
        services.AddSingleton<RoleChanges>();
        services.AddSingleton<RoleDeletion>();
        services.AddSingleton<RoleAdmin>();
        services.AddSingleton<IRoleAdmin>(provider => provider.GetRequiredService<RoleAdmin>());
        services.AddSingleton<UserFilters>();
        services.AddSingleton<IUserList, UserList>();
        services.AddSingleton<IListWishes, ListWishes>();
        services.AddSingleton<BulkSelections>();
        services.AddSingleton<BulkPreviews>();
        services.AddSingleton<IUserBulk, UserBulk>();
        services.AddSingleton<DomainLists>();
        services.AddSingleton<DomainReach>();
        services.AddSingleton<DomainChanges>();
        services.AddSingleton<DomainPeople>();
        services.AddSingleton<BrokenBlocks>();
        services.AddHostedService(provider => provider.GetRequiredService<BrokenBlocks>());
        services.AddSingleton<IDomainAdmin, DomainAdmin>();
        services.AddSingleton<IDomainLabelAdmin, DomainLabelAdmin>();
        services.AddSingleton<IIdentityAdmin, IdentityAdmin>();
        services.AddSingleton<IMailAdmin, MailAdmin>();
        services.AddSingleton<IEventAdmin, EventAdmin>();
        services.AddSingleton<ISetupService, SetupService>();
        services.AddSingleton<ChosenSessions>();
        services.AddSingleton<ISessionAdmin, SessionAdmin>();
        services.AddSingleton<IImpersonationService, ImpersonationService>();
        services.AddSingleton<EventCounts>();
        services.AddSingleton<IBoardService, BoardService>();
        return services;
    }
}
