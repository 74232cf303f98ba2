using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;

namespace Portal.Accounts.Domains;

/// <summary>E-mail domains: which are accepted, trusted, refused.</summary>
internal static class DomainsModule
{
    // The normaliser is stateless; Identity, which comes after, would register its own scoped.
    public static IServiceCollection AddDomains(this IServiceCollection services) =>
        services.AddScoped<IUserValidator<User>, EmailDomainValidator>().AddSingleton<ILookupNormalizer, LookupNormalizer>();
}
