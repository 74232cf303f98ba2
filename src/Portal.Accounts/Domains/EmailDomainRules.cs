using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Domains;

/// <summary>
/// What the operator decided about an address's domain. The longest suffix about which something was decided wins: one that is
/// merely listed, as new, decides nothing, or seeing a first subdomain would lift the block of its domain.
/// </summary>
internal static class EmailDomainRules
{
    public const string MalformedMessage = "This is not an email address. Write it like name@example.org.";
    public const string EmptyMessage = "Enter your email address.";
    public const string BlockedMessage = "Addresses of this email domain are not accepted here. Use another address.";

    /// <summary>What to say of something that is no address.</summary>
    public static string NoAddress(string? typed) => string.IsNullOrWhiteSpace(typed) ? EmptyMessage : MalformedMessage;

    public static async Task<EmailDomainStatus> StatusOfAsync(PortalDbContext context, string domain, CancellationToken cancellationToken)
    {
        var suffixes = SuffixesOf(domain);
        var listed = await context.EmailDomains
            .Where(row => row.Status != EmailDomainStatus.New && suffixes.Contains(row.Name))
            .Select(row => new { row.Name, row.Status })
            .ToListAsync(cancellationToken);
        return listed.OrderByDescending(row => row.Name.Length).FirstOrDefault()?.Status ?? EmailDomainStatus.New;
    }

    /// <summary>Which of many domains are blocked.</summary>
    public static async Task<List<string>> BlockedAsync(PortalDbContext context, IReadOnlyCollection<string> domains, CancellationToken cancellationToken)
    {
        var suffixes = context.RowsOf([.. domains.SelectMany(SuffixesOf).Distinct()]);
        var decided = await context.EmailDomains
            .Where(row => row.Status != EmailDomainStatus.New && suffixes.Contains(row.Name))
            .ToDictionaryAsync(row => row.Name, row => row.Status, cancellationToken);
        return [.. domains.Where(domain => SuffixesOf(domain).Find(decided.ContainsKey) is { } decisive && decided[decisive] is EmailDomainStatus.Blocked)];
    }

    /// <summary>Lists a domain the first time somebody of it is confirmed, so that the operator sees it.</summary>
    public static async Task RememberAsync(PortalDbContext context, string domain, CancellationToken cancellationToken)
    {
        if (!await context.EmailDomains.AnyAsync(row => row.Name == domain, cancellationToken))
        {
            context.EmailDomains.Add(New(domain));
        }
    }

    /// <summary>The row of a domain, taken for the running transaction, so that of two changes at once the second sees the first; null where it is not listed.</summary>
    public static async Task<EmailDomain?> TakeAsync(PortalDbContext context, string domain, CancellationToken cancellationToken)
    {
        await context.EmailDomains.Where(row => row.Name == domain)
            .ExecuteUpdateAsync(row => row.SetProperty(taken => taken.IsFlagged, taken => taken.IsFlagged), cancellationToken);
        return await context.EmailDomains.SingleOrDefaultAsync(row => row.Name == domain, cancellationToken);
    }

    public static EmailDomain New(string domain) => new() { Name = domain, TopLevel = domain[(domain.LastIndexOf('.') + 1)..] };

    /// <summary>mail.example.org: itself, example.org, org.</summary>
    public static List<string> SuffixesOf(string domain)
    {
        List<string> suffixes = [domain];
        for (var dot = domain.IndexOf('.'); dot >= 0; dot = domain.IndexOf('.', dot + 1))
        {
            suffixes.Add(domain[(dot + 1)..]);
        }

        return suffixes;
    }
}
