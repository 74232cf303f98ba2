namespace Portal.Accounts.Administration;

/// <summary>A kind of e-mail domain.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">As operators read it: company, mail-provider.</param>
public sealed record DomainCategoryInfo(long Id, string Name);
