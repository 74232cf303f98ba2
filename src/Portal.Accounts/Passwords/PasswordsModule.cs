using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Passwords;

internal static class PasswordsModule
{
    public static IServiceCollection AddPasswords(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PasswordsOptions>().Bind(configuration.GetSection(PasswordsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PasswordsOptions>, PasswordsOptionsValidator>();
        services.AddHostedService<PasswordsWarnings>();

        services.AddSingleton(_ => new SiteWords(configuration));
        services.AddSingleton<PasswordGuessing>();
        services.AddSingleton<IPasswordRules, PasswordRules>();

        services.AddSingleton<PasswordHashing>();
        return services.AddSingleton<HashingQueue>();
    }

    /// <summary>
    /// Makes Identity hash with ours, whether called before or after its own registration. Asks for the user's type
    /// because Identity registers its hasher for that very type, which goes before an open generic one.
    /// </summary>
    public static IServiceCollection AddIdentityPasswordHasher<TUser>(this IServiceCollection services)
        where TUser : class =>
        services.AddSingleton<IPasswordHasher<TUser>, IdentityPasswordHasher<TUser>>();
}
