using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;

namespace Portal.Accounts.Domains;

/// <summary>E-mail domains: which are accepted, trusted, refused.</summary>
internal static class DomainsModule
{
    public static IServiceCollection AddDomains(this IServiceCollection services) =>
        services.AddScoped<IUserValidator<User>, EmailDomainValidator>();
}
