namespace Portal.Accounts.Credentials;

/// <summary>A new password that follows the rules, hashed.</summary>
/// <param name="Hash">The hash.</param>
/// <param name="IsShort">Whether it is long enough beside a second factor only.</param>
internal sealed record NewPasswordHash(string Hash, bool IsShort)
{
    /// <summary>Never the hash.</summary>
    public override string ToString() => "A new password";
}
