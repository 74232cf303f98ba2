using Portal.Accounts.Credentials.Factors;

namespace Portal.Accounts.SignIn;

/// <summary>A sign-in that waits for a second factor, or for an end of another session.</summary>
/// <param name="UserId">Who they proved to be.</param>
/// <param name="Methods">How: RFC 8176 values.</param>
/// <param name="IsPersistent">"Keep me signed in".</param>
/// <param name="Binding">What must still hold: see <see cref="PendingSignIns.BindingOf"/>.</param>
/// <param name="StartedAt">When.</param>
/// <param name="Provider">The identity at a provider that it was proved by; null when it was not.</param>
internal sealed record PendingSignIn(
    long UserId, IReadOnlyList<string> Methods, bool IsPersistent, string Binding, DateTimeOffset StartedAt, ProvidedIdentity? Provider = null)
{
    /// <summary>Whether nothing more is to be proved: they have as many sessions as they may have, and choose one that ends.</summary>
    public bool IsProved { get; init; }

    /// <summary>The code that was given and is spent with the session's beginning; null where none was asked for.</summary>
    public FoundCode? Code { get; init; }

    /// <summary>As <see cref="Proof.PasskeyId"/>, also of one that stood in for a code. It must still be there when the session begins.</summary>
    public string? PasskeyId { get; init; }

    /// <summary>Whether the browser is to be trusted from the session on.</summary>
    public bool TrustsBrowser { get; init; }

    /// <summary>The row of the trust that stood in for a second factor; null where none did.</summary>
    public long? TrustId { get; init; }

    /// <summary>As <see cref="Proof.WithoutCookie"/>.</summary>
    public bool WithoutCookie { get; init; }
}
