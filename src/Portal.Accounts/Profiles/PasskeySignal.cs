namespace Portal.Accounts.Profiles;

/// <summary>
/// What a password manager needs to forget removed passkeys and to show the person's present names (WebAuthn level 3, section
/// 5.1.10). Bytes as base64url.
/// </summary>
/// <param name="RpId">The host that the passkeys belong to.</param>
/// <param name="UserId">What they call the person.</param>
/// <param name="Name">Their address.</param>
/// <param name="DisplayName">Their name.</param>
/// <param name="CredentialIds">All that are theirs.</param>
public sealed record PasskeySignal(string RpId, string UserId, string Name, string DisplayName, IReadOnlyList<string> CredentialIds);
