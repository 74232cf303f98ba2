namespace Portal.Accounts.Administration;

/// <summary>In which order linked identities are listed.</summary>
public enum IdentitySort
{
    /// <summary>By when they were linked.</summary>
    Created,

    /// <summary>By the external id.</summary>
    ExternalId,
}
