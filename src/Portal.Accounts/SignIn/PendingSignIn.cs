namespace Portal.Accounts.SignIn;

/// <summary>A sign-in that waits for a second factor.</summary>
/// <param name="UserId">Who they proved to be.</param>
/// <param name="Methods">How: RFC 8176 values.</param>
/// <param name="IsPersistent">"Keep me signed in".</param>
/// <param name="Binding">What must still hold: see <see cref="PendingSignIns.BindingOf"/>.</param>
/// <param name="StartedAt">When.</param>
/// <param name="Provider">The identity at a provider that it was proved by; null when it was not.</param>
internal sealed record PendingSignIn(
    long UserId, IReadOnlyList<string> Methods, bool IsPersistent, string Binding, DateTimeOffset StartedAt, ProvidedIdentity? Provider = null);
