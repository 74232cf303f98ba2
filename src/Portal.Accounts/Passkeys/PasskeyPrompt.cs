namespace Portal.Accounts.Passkeys;

/// <summary>What a browser is to ask a passkey for.</summary>
/// <param name="Options">JSON for <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> or <c>parseRequestOptionsFromJSON</c> (WebAuthn level 3, sections 5.1.8 and 5.1.9).</param>
/// <param name="Ticket">Given back with the answer, within five minutes. Opaque; it says what was asked, of whom and where.</param>
public sealed record PasskeyPrompt(string Options, string Ticket);
