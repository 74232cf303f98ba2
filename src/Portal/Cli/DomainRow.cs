using Portal.Accounts.Administration;
using Portal.Accounts.Users;

namespace Portal.Cli;

/// <summary>A domain in the answers of the command line, as REST tells it.</summary>
internal sealed record DomainRow(
    string Name,
    string Status,
    DomainCategoryInfo? Category,
    OrganisationInfo? Organisation,
    bool Flagged,
    string? FlagSource,
    UserCountInfo Users,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    string Version)
{
    public static DomainRow Of(DomainInfo domain) => new(
        domain.Name, domain.Status, domain.Category, domain.Organisation, domain.IsFlagged, domain.FlagSource, domain.Users, domain.CreatedAt, domain.UpdatedAt, domain.Version);
}
