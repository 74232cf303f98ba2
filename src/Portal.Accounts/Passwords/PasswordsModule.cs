using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.Passwords;

internal static class PasswordsModule
{
    public static IServiceCollection AddPasswords(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PasswordsOptions>().Bind(configuration.GetSection(PasswordsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PasswordsOptions>, PasswordsOptionsValidator>();
        services.AddHostedService<PasswordsWarnings>();

        services.AddSingleton<SiteWords>();
        services.AddSingleton<PasswordGuessing>();
        services.AddSingleton<PasswordRules>();

        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<HashingQueue>();

        // For the user's very type, as Identity registers its own: that goes before an open generic one. Whichever of
        // the two is registered first, this one is found.
        return services.AddSingleton<IPasswordHasher<User>, IdentityPasswordHasher<User>>();
    }
}
