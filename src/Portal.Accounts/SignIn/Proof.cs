using Portal.Accounts.Data;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn;

/// <summary>What somebody proved who wants to sign in.</summary>
/// <param name="UserId">Who they proved to be.</param>
/// <param name="Methods">How: RFC 8176 values, such as <c>pwd</c>. With <c>mfa</c> among them it is complete in itself, as a passkey with user verification is, and no second factor is asked for.</param>
/// <param name="IsPersistent">"Keep me signed in".</param>
/// <param name="PasswordHash">The hash that a password was held against; null when it was not by password.</param>
/// <param name="Provider">The identity at a provider that it was proved by; null when it was not.</param>
internal sealed record Proof(long UserId, IReadOnlyList<string> Methods, bool IsPersistent, string? PasswordHash = null, ProvidedIdentity? Provider = null)
{
    /// <summary>The row of the passkey that it was proved by; null when it was not.</summary>
    public string? PasskeyId { get; init; }

    /// <summary>Whether a program asks, which gets an access token and no cookie.</summary>
    public bool WithoutCookie { get; init; }

    /// <summary>
    /// Spends a complete proof that counts once, in the transaction that begins its session; null where there is nothing to
    /// spend. What finds it spent begins no session, as <see cref="SessionStart.BeginAsync"/> says.
    /// </summary>
    public Func<PortalDbContext, UserSession, CancellationToken, Task<bool>>? Spend { get; init; }

    public bool IsComplete => Methods.Contains(SessionMethods.MultipleFactors);

    /// <summary>The methods as the log has them.</summary>
    public string Method => string.Join(' ', Methods);
}
