using Portal.Accounts.Tokens;

namespace Portal.Api;

/// <summary>A token as clients of RFC 6749 expect it.</summary>
internal sealed class TokenAnswer(TokenInfo token)
{
    public string AccessToken => token.AccessToken;

    public string TokenType => "Bearer";

    /// <summary>In seconds.</summary>
    public long ExpiresIn => (long)token.ExpiresIn.TotalSeconds;
}
