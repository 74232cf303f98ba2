using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Accounts.SignIn.External;

/// <summary>How the portal speaks to a provider: the code flow with PKCE, state and nonce, and no other (OWASP ASVS 10.2.1, 10.5.1).</summary>
/// <remarks>
/// What comes back is checked by signature, issuer, audience, time and nonce, put into the proof's cookie and nothing else:
/// tokens are not kept, and the provider's lifetimes are not the portal's.
/// </remarks>
internal sealed class ProviderHandlerOptions(
    IOptions<ExternalProvidersOptions> providers, IOptions<PortalOptions> portal, ProviderEvents events) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public void Configure(OpenIdConnectOptions options)
    {
    }

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        if (providers.Value.Find(name) is not { } provider)
        {
            return;
        }

        options.Authority = provider.Authority;
        options.RequireHttpsMetadata = new Uri(provider.Authority).Scheme == Uri.UriSchemeHttps;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.Scope.Clear();
        foreach (var scope in provider.Scopes.Split(' '))
        {
            options.Scope.Add(scope);
        }

        options.ResponseType = OpenIdConnectResponseType.Code;
        // By GET, so that cookies which other sites' forms do not carry come along.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.Clear();
        options.SignInScheme = ExternalSchemes.Proof;
        options.CallbackPath = ExternalSchemes.CallbackOf(provider.Scheme);
        // Both would let anybody sign people out by a link.
        options.RemoteSignOutPath = PathString.Empty;
        options.SignedOutCallbackPath = PathString.Empty;
        options.BackchannelTimeout = Patience;
        options.TokenValidationParameters = Parameters();
        Protect(options.CorrelationCookie, $"portal-external-{provider.Scheme}.");
        Protect(options.NonceCookie, $"portal-nonce-{provider.Scheme}.");
        options.Events = events;
    }

    /// <summary>What every token of a provider must be, before issuer and audience: signed, by a key pair.</summary>
    public static TokenValidationParameters Parameters() => new()
    {
        ClockSkew = TimeSpan.FromMinutes(1),
        NameClaimType = "sub",
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidAlgorithms =
        [
            SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
            SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
            SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        ],
    };

    private void Protect(CookieBuilder cookie, string name)
    {
        // The prefix holds the cookie to this host and to the whole of it, so the path is not the way back alone.
        cookie.Name = portal.Value.IsSecure ? $"__Host-{name}" : name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = portal.Value.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
