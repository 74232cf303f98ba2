namespace Portal.Accounts.Passwords;

/// <summary>Whose password is checked: what a guesser would know about the person.</summary>
/// <param name="Email">The address, also one not confirmed yet; null when there is none.</param>
/// <param name="UserName">Null when there is none.</param>
/// <param name="HasSecondFactor">True only when every sign-in with this password also asks a second factor: then <see cref="PasswordsOptions.MinimumLengthWithSecondFactor"/> applies.</param>
public sealed record PasswordContext(string? Email, string? UserName, bool HasSecondFactor = false);
