using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>What a username may look like.</summary>
internal sealed class UserNameRules(IOptions<AccountsOptions> options)
{
    /// <summary>Names that could pass for the portal itself.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "admin", "administrator", "root", "system", "support", "security", "postmaster", "webmaster", "hostmaster", "noreply", "no-reply", "portal", "api", "account",
    };

    private readonly Regex _pattern = new($"^(?:{options.Value.UserNamePattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The sentence that says what is wrong with a name; null when nothing is.</summary>
    public string? Fault(string name) =>
        name.Length > PortalDbContext.Lengths.Name || !_pattern.IsMatch(name) ? options.Value.UserNameRules
        : Reserved.Contains(name) ? "This username is reserved. Choose another."
        : null;
}
