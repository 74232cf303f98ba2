using Portal.Accounts.Data;

namespace Portal.Accounts.Domains;

/// <summary>The names of decisions about domains, as doors take and give them.</summary>
public static class DomainStatusNames
{
    /// <summary>Every name, from what nobody has decided to what is decided most firmly.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<EmailDomainStatus>().Select(ToName)];

    internal static IReadOnlyList<EmailDomainStatus> All { get; } = Enum.GetValues<EmailDomainStatus>();

    internal static string ToName(this EmailDomainStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>The decision of that name in any case; null for other text, numbers too.</summary>
    internal static EmailDomainStatus? FromName(string? name) => All.Cast<EmailDomainStatus?>()
        .FirstOrDefault(status => string.Equals(status!.Value.ToName(), name, StringComparison.OrdinalIgnoreCase));
}
