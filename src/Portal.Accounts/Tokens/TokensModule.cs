using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Tokens;

/// <summary>Access tokens, and the way in that they are.</summary>
internal static class TokensModule
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.AddOptions<JwtOptions>().BindConfiguration(JwtOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<JwtOptions>, JwtOptionsValidator>();
        services.AddSingleton<TokenKeys>();
        services.AddKeyedSingleton<ITokenService, TokenService>(AccountsModule.Shipped);
        services.AddSingleton(provider => provider.GetRequiredKeyedService<ITokenService>(AccountsModule.Shipped));
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BearerHandler>(SessionSchemes.Bearer, configureOptions: null);
        // One scheme for all the portal: who brings a token is asked for nothing else.
        services.Configure<CookieAuthenticationOptions>(SessionSchemes.Current, cookie => cookie.ForwardDefaultSelector = BearerHandler.SchemeFor);
        return services;
    }
}
