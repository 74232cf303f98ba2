using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Activity;

/// <summary>A person's own security events.</summary>
internal static class ActivityModule
{
    public static IServiceCollection AddActivity(this IServiceCollection services) => services.AddSingleton<IActivityService, ActivityService>();
}
