namespace Portal.Accounts.Administration;

/// <summary>Somebody in a security event.</summary>
/// <param name="Id">Their number.</param>
/// <param name="Email">Their address now; null when their account is deleted.</param>
public sealed record EventPersonInfo(long Id, string? Email);
