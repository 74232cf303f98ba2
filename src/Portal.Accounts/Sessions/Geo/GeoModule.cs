using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Sessions.Geo;

internal static class GeoModule
{
    public static IServiceCollection AddGeo(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GeoOptions>().Bind(configuration.GetSection(GeoOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GeoOptions>, GeoOptionsValidator>();
        services.AddSingleton<ICountryReader>(provider =>
            provider.GetRequiredService<IOptions<GeoOptions>>().Value.DatabasePath is { Length: > 0 } path
                ? new MaxMindCountryReader(path, provider.GetRequiredService<ILogger<MaxMindCountryReader>>())
                : new UnknownCountryReader());
        return services;
    }
}
