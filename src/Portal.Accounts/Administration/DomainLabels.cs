namespace Portal.Accounts.Administration;

/// <summary>What can be said of domains beside their status.</summary>
/// <param name="Categories">By name.</param>
/// <param name="Organisations">Each behind the one it is a part of.</param>
public sealed record DomainLabels(IReadOnlyList<DomainCategoryInfo> Categories, IReadOnlyList<OrganisationInfo> Organisations);
