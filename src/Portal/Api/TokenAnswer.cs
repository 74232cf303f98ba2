using Portal.Accounts.Tokens;

namespace Portal.Api;

/// <summary>A token as clients of RFC 6749 expect it.</summary>
// A class, not a record: a record's text would show the token.
internal sealed class TokenAnswer : IExample
{
    public static object Example => new TokenAnswer { AccessToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl", TokenType = "Bearer", ExpiresIn = 3600 };

    /// <summary>Sent back as <c>Authorization: Bearer</c>; opaque.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Always Bearer.</summary>
    public required string TokenType { get; init; }

    /// <summary>In seconds.</summary>
    public required long ExpiresIn { get; init; }

    public static TokenAnswer Of(TokenInfo token) =>
        new() { AccessToken = token.AccessToken, TokenType = "Bearer", ExpiresIn = (long)token.ExpiresIn.TotalSeconds };
}
