using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.SignIn.External;

namespace Portal.Accounts.SignIn;

/// <summary>Signing in and out, and what is done about a sign-in that was somebody else's.</summary>
internal static class SignInModule
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<KnownBrowsers>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<SignInNotice>();
        services.AddSingleton<VouchedSessions>();
        services.AddSingleton<PendingSignIns>();
        services.AddSingleton<GuessedCodes>();
        services.AddSingleton<SessionStart>();
        services.AddSingleton<FirstProof>();
        services.AddSingleton<SecondProof>();
        services.AddSingleton<SignInInstead>();
        services.AddSingleton<SignInFields>();
        services.AddSingleton<PasskeyMarks>();
        services.AddSingleton<IPasskeySignIn, PasskeySignIn>();
        services.AddSingleton<ISignInService, SignInService>();
        services.AddSingleton<INotMeService, NotMeService>();
        services.AddExternal();
        return services;
    }
}
