namespace Portal.Accounts.SignIn;

/// <summary>The identity at a provider by which somebody proved who they are.</summary>
/// <param name="Scheme">Which provider.</param>
/// <param name="Subject">Who they are there.</param>
/// <param name="SessionId">The provider's own session; null where it does not say.</param>
/// <param name="At">When they proved it there; null where it does not say.</param>
internal sealed record ProvidedIdentity(string Scheme, string Subject, string? SessionId, DateTimeOffset? At);
