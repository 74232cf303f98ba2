using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Profiles;

/// <summary>What people do with their own account.</summary>
internal static class ProfilesModule
{
    public static IServiceCollection AddProfiles(this IServiceCollection services) => services.AddOwnProfile();

    /// <summary>Profile, preferences and picture.</summary>
    private static IServiceCollection AddOwnProfile(this IServiceCollection services)
    {
        services.AddSingleton<ProfileRules>();
        services.AddSingleton<IProfileService, ProfileService>();
        services.AddSingleton<IPictureService, PictureService>();
        return services;
    }
}
