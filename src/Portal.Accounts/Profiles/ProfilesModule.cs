using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Profiles;

/// <summary>What people do with their own account.</summary>
internal static class ProfilesModule
{
    public static IServiceCollection AddProfiles(this IServiceCollection services) => services.AddOwnProfile().AddOwnAccount().AddOwnPasskeys();

    /// <summary>Profile, preferences and picture.</summary>
    private static IServiceCollection AddOwnProfile(this IServiceCollection services)
    {
        services.AddSingleton<IProfileService, ProfileService>();
        services.AddSingleton<IPictureService, PictureService>();
        return services;
    }

    /// <summary>The address, what is held about the person, and how the account stands.</summary>
    private static IServiceCollection AddOwnAccount(this IServiceCollection services)
    {
        services.AddSingleton<EmailChangeLinks>();
        services.AddSingleton<IEmailChangeService, EmailChangeService>();
        services.AddSingleton<AccountExport>();
        services.AddSingleton<AccountDeletion>();
        services.AddSingleton<IPrivacyService, PrivacyService>();
        services.AddSingleton<IOverviewService, OverviewService>();
        return services;
    }

    /// <summary>What the person signs in with beside a password.</summary>
    private static IServiceCollection AddOwnPasskeys(this IServiceCollection services)
    {
        services.AddSingleton<OwnPasskeys>();
        services.AddSingleton<NewPasskeys>();
        services.AddSingleton<IPasskeyService, PasskeyService>();
        return services;
    }
}
