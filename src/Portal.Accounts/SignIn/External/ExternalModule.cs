using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.SignIn.External;

/// <summary>Providers from the settings, and what people do with them.</summary>
internal static class ExternalModule
{
    public static IServiceCollection AddExternal(this IServiceCollection services)
    {
        services.AddOptions<ExternalProvidersOptions>()
            .Configure<IConfiguration>((options, settings) => settings.GetSection(ExternalProvidersOptions.Section).Bind(options.Providers))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExternalProvidersOptions>, ExternalProvidersOptionsValidator>();

        services.AddSingleton<FailedProviderSignIns>();
        services.AddSingleton<ExternalConfirmation>();
        services.AddSingleton<ExternalLinks>();
        services.AddSingleton<IExternalSignInService, ExternalSignInService>();
        services.AddSingleton<IExternalRegistration, ExternalRegistration>();
        services.AddSingleton<IIdentityService, IdentityService>();
        services.AddSingleton<IProviderLogout, ProviderLogout>();

        services.AddSingleton<ProviderEvents>();
        services.AddTransient<OpenIdConnectHandler>();
        services.AddSingleton<IConfigureOptions<AuthenticationOptions>, ProviderSchemes>();
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, ProviderHandlerOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());

        new AuthenticationBuilder(services).AddCookie(ExternalSchemes.Proof);
        services.AddOptions<CookieAuthenticationOptions>(ExternalSchemes.Proof).Configure<IOptions<PortalOptions>>((cookie, portal) =>
        {
            cookie.Cookie.Name = portal.Value.IsSecure ? "__Host-portal-external" : "portal-external";
            cookie.Cookie.SecurePolicy = portal.Value.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.Path = "/";
            cookie.Cookie.IsEssential = true;
            cookie.ExpireTimeSpan = ExternalProof.Lifetime;
            cookie.SlidingExpiration = false;
        });
        return services;
    }
}
