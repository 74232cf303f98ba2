using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary>A domain as the command line prints it.</summary>
internal sealed record DomainRow(
    string Name, string Status, string? Category, string? Organisation, long? OrganisationId, bool Flagged, long Users, long Active, long Inactive, long Confirmed, long Verified, long Blocked)
{
    public static DomainRow Of(DomainInfo domain) => new(
        domain.Name, domain.Status, domain.Category?.Name, domain.Organisation is { } organisation ? string.Join(" / ", organisation.Path) : null, domain.Organisation?.Id, domain.IsFlagged,
        domain.Users.Users, domain.Users.Active, domain.Users.Inactive, domain.Users.Confirmed, domain.Users.Verified, domain.Users.Blocked);
}
