using System.Security.Claims;
using Portal.Accounts.Passkeys;

namespace Portal.Accounts.SignIn;

/// <summary>How a sign-in went. What is said of an account is said only after its right password.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <summary>The session has begun; its cookie, if it has one, is in the response.</summary>
    /// <param name="UserId">Who signed in.</param>
    public sealed record Succeeded(long UserId) : SignInOutcome
    {
        /// <summary>The session's person, to whom a token can be issued; a later request has names and roles as well.</summary>
        public ClaimsPrincipal Person { get; init; } = new();
    }

    /// <summary>No such account or a wrong password: one answer for both.</summary>
    public sealed record Rejected : SignInOutcome;

    /// <summary>A field of the site's own was not filled in as it asks; the password was not looked at.</summary>
    /// <param name="Errors">What to do, by <see cref="Prefix"/> and the field's name.</param>
    public sealed record FieldsRefused(IReadOnlyList<FieldError> Errors) : SignInOutcome
    {
        /// <summary>What stands before the name of a field in a form, and in an error.</summary>
        public const string Prefix = "fields.";
    }

    /// <summary>
    /// The right password of an account with a second factor, which is asked for next: within ten minutes, in this browser.
    /// </summary>
    public sealed record NeedsSecondFactor : SignInOutcome;

    /// <summary>The first factor was right; the code was wrong, too old, or used before.</summary>
    public sealed record WrongCode : SignInOutcome;

    /// <summary>No first factor waits in this browser: too long ago, or the password was changed meanwhile. Start again.</summary>
    public sealed record NothingWaits : SignInOutcome;

    /// <summary>A passkey's answer was not taken.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record PasskeyRefused(PasskeyRefusal Reason) : SignInOutcome;

    /// <summary>The right password of an address that was never confirmed.</summary>
    /// <param name="Email">The address, for offering a new mail.</param>
    public sealed record NeedsConfirmation(string Email) : SignInOutcome;

    /// <summary>The right password of an account that was deactivated or blocked.</summary>
    public sealed record Inactive : SignInOutcome;

    /// <summary>
    /// Everything was right, but they have as many sessions as they may have. Within ten minutes they may choose one that
    /// ends for this, by <see cref="ISignInService.SignInInsteadAsync"/>.
    /// </summary>
    public sealed record Full : SignInOutcome;

    /// <summary>Too many failures lately.</summary>
    /// <param name="RetryAfter">How long to wait.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : SignInOutcome;

    /// <summary>Too many people sign in at this moment.</summary>
    /// <param name="RetryAfter">How long to wait.</param>
    public sealed record Busy(TimeSpan RetryAfter) : SignInOutcome;

    /// <summary>Sign-in by password is switched off.</summary>
    public sealed record Disabled : SignInOutcome;
}
