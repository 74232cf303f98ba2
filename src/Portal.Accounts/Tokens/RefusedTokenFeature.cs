namespace Portal.Accounts.Tokens;

/// <summary>On a request whose access token is worth nothing: why, so that its sender can be told.</summary>
/// <param name="Refusal">Why.</param>
public sealed record RefusedTokenFeature(TokenOutcome.Refused Refusal);
