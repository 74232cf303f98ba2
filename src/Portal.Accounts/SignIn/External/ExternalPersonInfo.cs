namespace Portal.Accounts.SignIn.External;

/// <summary>Somebody who comes from a provider and has no account here.</summary>
/// <param name="Provider">What people call the provider.</param>
/// <param name="Email">The address it gave, other people's text; null for none.</param>
/// <param name="IsEmailVerified">Whether it says that the address is theirs.</param>
/// <param name="HasAccount">Whether that address has an account; always false where the provider does not say that it is theirs.</param>
/// <param name="ReturnUrl">Where they wanted to go, as they said it: not checked.</param>
public sealed record ExternalPersonInfo(string Provider, string? Email, bool IsEmailVerified, bool HasAccount, string? ReturnUrl);
