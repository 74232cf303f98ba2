using Portal.Accounts.Data;

namespace Portal.Accounts.Domains;

/// <summary>The names of decisions about domains, as doors take and give them.</summary>
internal static class DomainStatusNames
{
    public static IReadOnlyList<EmailDomainStatus> All { get; } = Enum.GetValues<EmailDomainStatus>();

    public static string ToName(this EmailDomainStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>The decision of that name in any case; null for other text, numbers too.</summary>
    public static EmailDomainStatus? FromName(string? name) => All.Cast<EmailDomainStatus?>()
        .FirstOrDefault(status => string.Equals(status!.Value.ToName(), name, StringComparison.OrdinalIgnoreCase));
}
