namespace Portal.Account;

/// <summary>The static pages and what they need.</summary>
internal static class AccountModule
{
    public static IServiceCollection AddAccount(this IServiceCollection services) => services.AddHostedService<FirstAdministratorNotice>();
}
