namespace Portal.Accounts.SignIn;

/// <summary>
/// A field of a site's own beside name and password: on the sign-in page, and over REST a member of <c>fields</c>. Passkeys
/// and providers are not asked for it. A singleton, asked from many requests at once.
/// </summary>
public interface ISignInField
{
    /// <summary>What the form and REST call it: small letters, digits and underscores. Settled at start.</summary>
    string Name { get; }

    /// <summary>What people read beside it.</summary>
    string Label { get; }

    /// <summary>One sentence below it; null, the default, for none.</summary>
    string? Hint => null;

    /// <summary>Whether it is typed unseen and never shown again. Default false.</summary>
    bool IsSecret => false;

    /// <summary>
    /// Judges what was typed, before the password is looked at: the answer must not depend on whether there is such an
    /// account. What it refuses is counted as a failed attempt.
    /// </summary>
    /// <param name="value">As typed, at most 255 characters; null when nothing was.</param>
    /// <param name="login">The address or username, as typed.</param>
    /// <param name="cancellationToken">The browser went away.</param>
    /// <returns>A sentence that says what to do; null to go on.</returns>
    ValueTask<string?> RefuseAsync(string? value, string login, CancellationToken cancellationToken);
}
