namespace Portal.Accounts.Administration.Board;

/// <summary>How often things happened in one hour or day.</summary>
/// <param name="From">When it begins, in UTC.</param>
/// <param name="SignIns">Sign-ins.</param>
/// <param name="Failures">Sign-ins that failed or were refused.</param>
/// <param name="Registrations">Accounts that people made themselves.</param>
public sealed record BoardPoint(DateTimeOffset From, long SignIns, long Failures, long Registrations);
