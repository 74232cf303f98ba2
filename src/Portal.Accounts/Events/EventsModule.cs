using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Portal.Accounts.Events;

/// <summary>The event bus, the feed between processes, and what tells others of changes.</summary>
internal static class EventsModule
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<AccountEvents>();
        services.AddSingleton<IAccountEvents>(provider => provider.GetRequiredService<AccountEvents>());
        services.AddSingleton<AccountChanges>();
        services.AddSingleton<IInterceptor, ChangeSaveInterceptor>();
        services.AddSingleton<IInterceptor, ChangeCommitInterceptor>();
        services.AddSingleton<ChangeDelivery>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeDelivery>());
        services.AddSingleton<FeedReader>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedReader>());
        return services;
    }
}
