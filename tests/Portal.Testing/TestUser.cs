namespace Portal.Testing;

/// <summary>A user that a test made, with what it takes to sign in.</summary>
/// <param name="Id">The id.</param>
/// <param name="Email">The address.</param>
/// <param name="UserName">The username; null for none.</param>
/// <param name="Password">The password in clear.</param>
public sealed record TestUser(long Id, string Email, string? UserName, string Password);
