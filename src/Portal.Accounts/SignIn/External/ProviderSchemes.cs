using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.SignIn.External;

/// <summary>One scheme a provider, as the settings have them when the first request comes.</summary>
internal sealed class ProviderSchemes(IOptions<ExternalProvidersOptions> providers) : IConfigureOptions<AuthenticationOptions>
{
    public void Configure(AuthenticationOptions options)
    {
        foreach (var provider in providers.Value.Providers)
        {
            options.AddScheme<OpenIdConnectHandler>(provider.Scheme, provider.DisplayName);
        }
    }
}
