namespace Portal.Accounts.Administration;

/// <summary>The operator's hand on the categories and organisations that domains belong to. Callers decide who may read; every change asks for itself.</summary>
public interface IDomainLabelAdmin
{
    /// <summary>All of them.</summary>
    Task<DomainLabels> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a category. One of that name is left as it is.</summary>
    /// <param name="name">1 to 64 characters: lower-case letters, digits and hyphens.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> AddCategoryAsync(string name, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Takes a category off the list; domains of it have none then.</summary>
    Task<AdminOutcome> DeleteCategoryAsync(long id, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Adds an organisation. <see cref="AdminOutcome.Done.MadeId"/> is its number.</summary>
    Task<AdminOutcome> AddOrganisationAsync(OrganisationEdit organisation, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Renames and moves an organisation. It cannot become a part of itself or of its own parts.</summary>
    Task<AdminOutcome> EditOrganisationAsync(long id, OrganisationEdit organisation, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Takes an organisation without parts off the tree; domains of it have none then.</summary>
    Task<AdminOutcome> DeleteOrganisationAsync(long id, Operator by, CancellationToken cancellationToken = default);
}
