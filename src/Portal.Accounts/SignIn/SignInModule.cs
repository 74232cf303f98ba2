using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.SignIn;

/// <summary>Signing in and out.</summary>
internal static class SignInModule
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<KnownBrowsers>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<ISignInService, SignInService>();
        return services;
    }
}
