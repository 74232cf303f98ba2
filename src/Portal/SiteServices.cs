using Portal.Accounts;

namespace Portal;

/// <summary>What the server and the command line both know. A site's own registrations come here, after the portal's.</summary>
internal static class SiteServices
{
    public static IServiceCollection AddSite(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAccounts(configuration);
        return services;
    }
}
