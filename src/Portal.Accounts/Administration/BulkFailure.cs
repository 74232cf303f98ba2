namespace Portal.Accounts.Administration;

/// <summary>Somebody for whom a batch did not do what it should.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Email">Their address; null when they are gone.</param>
/// <param name="Why">A sentence.</param>
public sealed record BulkFailure(long UserId, string? Email, string Why);
