using Portal.Accounts.Mail;

namespace Portal.Mails;

// What somebody else may have left in the account goes.
internal sealed partial class EnglishLetters
{
    protected override Letter WaysInRemoved(AccountMail.WaysInRemoved mail) => new(
        Subject: $"Ways to sign in were removed from your account at {Site}",
        Heading: "Ways to sign in were removed",
        Opening:
        [
            mail.IsByReport
                ? $"You told us that a session of your {Site} account {mail.Recipient} was not yours. What was added to the account since that session began no longer opens it."
                : $"A new password was chosen for the {Site} account {mail.Recipient}, by a link to this address, which nobody had confirmed before. Whatever else opened the account may have been somebody else’s and no longer does.",
            $"Removed: {string.Join(", ", Names(mail.Removed))}.",
        ],
        Action: new LetterLink("See how your account is secured", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"If that was not you, somebody else can read your mails. Change the password of your mailbox first, then tell the people who run {Site}.")
    {
        Facts = Facts(mail.Occasion),
        Next = mail.Removed.HadPassword ? "Choose a new password, then add again what was yours." : "If something of it was yours, add it again.",
        Second = mail.RecoveryUrl is { } recovery ? new LetterLink("Choose a new password:", recovery) : null,
    };

    private static IEnumerable<string> Names(RemovedWaysIn removed) =>
    [
        .. removed.Passkeys switch { 0 => Array.Empty<string>(), 1 => ["one passkey"], _ => [$"{removed.Passkeys} passkeys"] },
        .. removed.Providers.Select(provider => $"the sign-in with {provider}"),
        .. removed.HadApp ? new[] { "the authenticator app with its recovery codes" } : [],
        .. removed.HadCodes ? new[] { "the recovery codes" } : [],
        .. removed.HadPassword ? new[] { "the password, which was short, as it may be beside an app" } : [],
    ];
}
