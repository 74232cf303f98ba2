using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Credentials.Factors;

namespace Portal.Accounts.Credentials;

/// <summary>What proves who somebody is, and the one path on which it is set.</summary>
internal static class CredentialsModule
{
    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.AddSingleton<Authenticators>();
        services.AddSingleton<RecoveryCodes>();
        services.AddSingleton<FactorChanges>();
        services.AddSingleton<FactorCodes>();
        services.AddSingleton<CodeConfirmation>();
        services.AddSingleton<ISecondFactorService, SecondFactorService>();
        services.AddSingleton<TrustedBrowsers>();
        services.AddSingleton<PasswordSetter>();
        services.AddSingleton<WrongPasswords>();
        services.AddSingleton<UserStates>();
        services.AddSingleton<WaysIn>();
        services.AddSingleton<WaysInRemoval>();
        services.AddSingleton<Administrators>();
        services.AddSingleton<AddressProof>();
        services.AddSingleton<AccountErasure>();
        services.AddSingleton<ConfirmationLinks>();
        services.AddSingleton<InvitationLinks>();
        services.AddSingleton<RecoveryLinks>();
        services.AddSingleton<TakenAddress>();
        services.AddSingleton<EmailWish>();
        services.AddSingleton<FormerAddress>();
        services.AddSingleton<Intrusion>();
        services.AddSingleton<IPasswordService, PasswordService>();
        services.AddSingleton<IPasskeyConfirmation, PasskeyConfirmation>();
        return services;
    }
}
