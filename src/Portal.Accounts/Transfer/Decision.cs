using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

/// <summary>What somebody decided about a domain, with the name of its category.</summary>
internal sealed record Decision(EmailDomainStatus Status, bool IsFlagged, string? FlagSource, long? OrganisationId, string? Category)
{
    /// <summary>Nothing: it is merely listed, as a domain is since the first of its people was confirmed. A file may decide about it.</summary>
    public static readonly Decision None = new(EmailDomainStatus.New, false, null, null, null);
}
