namespace Portal.Accounts.Administration;

/// <summary>A way to sign in by another site: which person is who there.</summary>
/// <param name="Id">Names the link; no secret.</param>
/// <param name="Method">The other site, as the settings call it.</param>
/// <param name="MethodName">The same for people; null where it was never told.</param>
/// <param name="ExternalId">Who they are there: that site's text.</param>
/// <param name="UserId">Whose account it opens.</param>
/// <param name="Email">Their address.</param>
/// <param name="UserName">Their username; null for none.</param>
/// <param name="CreatedAt">When it was linked.</param>
public sealed record IdentityInfo(
    string Id, string Method, string? MethodName, string ExternalId, long UserId, string Email, string? UserName, DateTimeOffset CreatedAt);
