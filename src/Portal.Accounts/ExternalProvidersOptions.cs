namespace Portal.Accounts;

/// <summary>
/// The OpenID Connect providers that people may sign in with, section <c>ExternalProviders</c>: a list, empty by default.
/// </summary>
public sealed class ExternalProvidersOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "ExternalProviders";

    /// <summary>The providers, in the order their buttons have. In the settings they are the section's own elements.</summary>
    public IList<Provider> Providers { get; } = [];

    /// <summary>The provider of a scheme; null when there is none, or none any more.</summary>
    public Provider? Find(string? scheme) => Providers.FirstOrDefault(provider => provider.Scheme == scheme);

    /// <summary>What people call the provider of a scheme: its display name, or the scheme itself where it is not configured any more.</summary>
    public string NameOf(string scheme) => Find(scheme)?.DisplayName ?? scheme;

    /// <summary>One provider.</summary>
    public sealed class Provider
    {
        /// <summary>
        /// What the portal calls it in addresses and in the database, where it is one half of every identity: never change it
        /// while people are linked. A lower-case letter, then at most 31 of them, digits and hyphens. The address to
        /// register at the provider is <c>/signin-SCHEME</c> below <see cref="PortalOptions.PublicUrl"/>, and
        /// <c>/backchannel-logout/SCHEME</c> for its notices.
        /// </summary>
        public string Scheme { get; set; } = "";

        /// <summary>What people call it: "Continue with …". 1 to 60 characters.</summary>
        public string DisplayName { get; set; } = "";

        /// <summary>Its issuer, below which its metadata lies. An https address; http on a loopback host only.</summary>
        public string Authority { get; set; } = "";

        /// <summary>Who the portal is to it.</summary>
        public string ClientId { get; set; } = "";

        /// <summary>What proves that to it. A secret: keep it in the environment or in user secrets.</summary>
        public string ClientSecret { get; set; } = "";

        /// <summary>What is asked for, separated by spaces. Default <c>openid email profile</c>; <c>openid</c> must be among them.</summary>
        public string Scopes { get; set; } = "openid email profile";

        /// <summary>
        /// Whether its sign-out notices need not be typed <c>logout+jwt</c>: older servers send plain ones, which the other checks
        /// must then tell from its other tokens. Default false (OWASP ASVS 10.5.5).
        /// </summary>
        public bool AcceptUntypedLogout { get; set; }
    }
}
