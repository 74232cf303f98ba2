using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Events;

/// <summary>The event bus and the feed between processes.</summary>
internal static class EventsModule
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<AccountEvents>();
        services.AddSingleton<IAccountEvents>(provider => provider.GetRequiredService<AccountEvents>());
        services.AddSingleton<FeedReader>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedReader>());
        return services;
    }
}
