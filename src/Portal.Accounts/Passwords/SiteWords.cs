using Microsoft.Extensions.Options;

namespace Portal.Accounts.Passwords;

/// <summary>
/// The kept list of words that a guesser tries first at this site (ASVS 6.1.2): its name and host, and with them a
/// person's address and user name.
/// </summary>
internal sealed class SiteWords(IOptions<PortalOptions> portal)
{
    /// <summary>Shorter words appear inside too many innocent ones.</summary>
    private const int MinimumWordLength = 4;

    /// <summary>The words of the site alone.</summary>
    public IReadOnlyList<string> OfSite { get; } = [.. Distinct(FromName(portal.Value.SiteName).Concat(FromHost(portal.Value.PublicUrl)))];

    /// <summary>The words of the site and of the person, the longest first, in form C.</summary>
    public IReadOnlyList<string> For(PasswordContext context)
    {
        var email = context.Email ?? "";
        var at = email.LastIndexOf('@');
        var localPart = at < 0 ? email : email[..at];
        var domainLabel = at < 0 ? "" : email[(at + 1)..].Split('.')[0];
        return [.. Distinct(OfSite.Concat(FromName(localPart)).Concat([domainLabel]).Concat(FromName(context.UserName ?? "")))];
    }

    /// <summary>"Ana.Example" gives itself, "AnaExample" and "Example".</summary>
    private static IEnumerable<string> FromName(string name)
    {
        var parts = name.Split([.. name.Where(character => !char.IsLetterOrDigit(character)).Distinct()], StringSplitOptions.RemoveEmptyEntries);
        return [name.Trim(), string.Concat(parts), .. parts];
    }

    /// <summary>The host and its labels but the last: "accounts.example.org" gives itself, "accounts" and "example".</summary>
    private static IEnumerable<string> FromHost(Uri url)
    {
        if (url.HostNameType != UriHostNameType.Dns)
        {
            return [];
        }

        var labels = url.Host.Split('.');
        return [url.Host, .. labels.Length > 1 ? labels[..^1] : labels];
    }

    private static IEnumerable<string> Distinct(IEnumerable<string> words) =>
        words
            .Select(word => PasswordText.TryNormalize(word, out var normalized) ? normalized : "")
            .Where(word => PasswordText.CountCharacters(word) >= MinimumWordLength)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(word => word.Length);
}
