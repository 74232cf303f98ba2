using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>What a user is: Identity on this portal's tables, the rules of names, finding people, links sent to them.</summary>
internal static class UsersModule
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<AccountsOptions>().BindConfiguration(AccountsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountsOptions>, AccountsOptionsValidator>();
        services.AddOptions<ProfilesOptions>().BindConfiguration(ProfilesOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProfilesOptions>, ProfilesOptionsValidator>();
        services.AddSingleton<ProfileSchema>();
        services.AddSingleton<ProfileRules>();
        services.AddSingleton<ProfileValues>();
        services.AddSingleton<UserNameRules>();
        // Ours comes first, so that Identity's own, which demands a username, stays out.
        services.AddScoped<IUserValidator<User>, UserValidator>();
        services.AddIdentityCore<User>().AddRoles<Role>().AddEntityFrameworkStores<PortalDbContext>();
        services.AddSingleton<OneTimeLinks>();
        services.AddSingleton<LinkSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<LinkSweeper>());
        services.AddSingleton<UserSearch>();
        // The normaliser is stateless; Identity registers it scoped.
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        return services;
    }
}
