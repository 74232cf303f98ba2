namespace Portal.Accounts.Tokens;

/// <summary>An access token as it was issued.</summary>
/// <param name="AccessToken">The token, in the compact form of RFC 7515.</param>
/// <param name="ExpiresIn">How long it may be used from now on; its session may end it sooner.</param>
public sealed record TokenInfo(string AccessToken, TimeSpan ExpiresIn);
