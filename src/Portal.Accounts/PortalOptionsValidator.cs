using Microsoft.Extensions.Options;

namespace Portal.Accounts;

internal sealed class PortalOptionsValidator : IValidateOptions<PortalOptions>
{
    public ValidateOptionsResult Validate(string? name, PortalOptions options)
    {
        List<string> failures = [];
        // An empty setting binds to null.
        if (options.PublicUrl is not { IsAbsoluteUri: true }
            || (options.PublicUrl.Scheme != Uri.UriSchemeHttp && options.PublicUrl.Scheme != Uri.UriSchemeHttps))
        {
            failures.Add($"Portal:PublicUrl is \"{options.PublicUrl}\"; give an absolute http or https address, for example https://accounts.example.org.");
        }
        else if (options.PublicUrl.Query.Length > 0 || options.PublicUrl.Fragment.Length > 0)
        {
            failures.Add($"Portal:PublicUrl is \"{options.PublicUrl}\"; leave out the query and fragment.");
        }

        if (string.IsNullOrWhiteSpace(options.SiteName) || options.SiteName.Length > 60 || options.SiteName.Any(char.IsControl))
        {
            failures.Add($"Portal:SiteName is \"{options.SiteName}\"; give 1 to 60 printable characters.");
        }

        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            failures.Add("Portal:DataDirectory is empty; give a folder the portal may write to.");
        }

        else if (LeadsThroughFile(PortalPaths.Rooted(options.DataDirectory)))
        {
            failures.Add(Unusable(options));
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    /// <summary>What to say of a data directory that cannot be made.</summary>
    public static string Unusable(PortalOptions options) =>
        $"Portal:DataDirectory is \"{options.DataDirectory}\"; give a folder the portal may write to.";

    private static bool LeadsThroughFile(string path) =>
        File.Exists(path) || (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } above && LeadsThroughFile(above));
}
