using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Portal.Accounts;

/// <summary>Collects every fault of every provider at once. Never repeats a secret: what it says ends in logs.</summary>
internal sealed partial class ExternalProvidersOptionsValidator : IValidateOptions<ExternalProvidersOptions>
{
    private const int MaxProviders = 20;
    private const int MaxDisplayName = 60;

    public ValidateOptionsResult Validate(string? name, ExternalProvidersOptions options)
    {
        List<string> failures = [];
        HashSet<string> schemes = [];
        if (options.Providers.Count > MaxProviders)
        {
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"ExternalProviders has {options.Providers.Count} entries; give at most {MaxProviders}."));
        }

        foreach (var (index, provider) in options.Providers.Index())
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"ExternalProviders:{index}");
            Demand(Scheme().IsMatch(provider.Scheme), $"{key}:Scheme is \"{provider.Scheme}\"; give a lower-case letter followed by lower-case letters, digits and hyphens, 32 at most.");
            Demand(schemes.Add(provider.Scheme), $"{key}:Scheme is \"{provider.Scheme}\", which another provider has.");
            Demand(
                provider.DisplayName.Length is > 0 and <= MaxDisplayName && TypedText.Normalize(provider.DisplayName) == provider.DisplayName,
                string.Create(CultureInfo.InvariantCulture, $"{key}:DisplayName is \"{provider.DisplayName}\"; give 1 to {MaxDisplayName} characters without spaces around them."));
            Demand(IsAuthority(provider.Authority), $"{key}:Authority is \"{provider.Authority}\"; give the provider's issuer, an absolute https address without a query (http only on a loopback host).");
            Demand(!string.IsNullOrWhiteSpace(provider.ClientId), $"{key}:ClientId is empty; give the id that the provider gave the portal.");
            Demand(!string.IsNullOrWhiteSpace(provider.ClientSecret), $"{key}:ClientSecret is empty; give the secret that the provider gave the portal.");
            Demand(
                provider.Scopes.Split(' ').Contains("openid") && Scopes().IsMatch(provider.Scopes),
                $"{key}:Scopes is \"{provider.Scopes}\"; give names separated by single spaces, openid among them.");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;

        void Demand(bool holds, string failure)
        {
            if (!holds)
            {
                failures.Add(failure);
            }
        }
    }

    private static bool IsAuthority(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url is { Query: "", Fragment: "", UserInfo: "" };

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}$")]
    private static partial Regex Scheme();

    [GeneratedRegex("^[!-~]+( [!-~]+)*$")]
    private static partial Regex Scopes();
}
