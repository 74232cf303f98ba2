namespace Portal.Accounts.Administration;

/// <summary>An organisation as it is to be.</summary>
/// <param name="Name">1 to 255 printable characters.</param>
/// <param name="ParentId">Of which it is a part; null for none.</param>
/// <param name="Identifier">How the world names it beyond doubt, such as its ROR address, at most 255 characters; null for nothing known. Two have never the same.</param>
public sealed record OrganisationEdit(string Name, long? ParentId = null, string? Identifier = null);
