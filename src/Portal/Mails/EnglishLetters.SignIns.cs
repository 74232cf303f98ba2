using Portal.Accounts.Mail;

namespace Portal.Mails;

// Somebody signs in.
internal sealed partial class EnglishLetters
{
    protected override Letter NewDevice(AccountMail.NewDevice mail) => new(
        Subject: $"New sign-in to your account at {Site}",
        Heading: "New sign-in to your account",
        Opening:
        [
            mail.Oddity switch
            {
                SignInOddity.Country => $"Somebody signed in to your {Site} account from a country that the account had not been used from lately.",
                SignInOddity.LongWhile => $"Somebody signed in to your {Site} account, for the first time in more than three months.",
                SignInOddity.Failures => $"Somebody signed in to your {Site} account after several attempts had failed.",
                _ => $"Somebody signed in to your {Site} account in a browser that the account had not been used in before.",
            },
        ],
        Action: new LetterLink("This wasn’t me", mail.NotMeUrl),
        Closing:
        [
            $"The link shows the session and ends it with one click. It works once, until {Moment(mail.ExpiresAt)}.",
            .. mail.Oddity is SignInOddity.Browser ? ["A browser whose cookies were deleted counts as new, too."] : (string[])[],
            .. mail.Occasion.Country is null ? (string[])[] : ["The place is an estimate."],
        ],
        Why: BelongsTo(mail),
        NotYou: mail.Provider is { } provider
            ? $"If that was not you, somebody can sign in as you at {provider}. End the session by the link above, then change your password at {provider}."
            : IsByPasskey(mail)
                ? "If that was not you, somebody has one of your passkeys, or the device that keeps it. End the session by the link above, then remove that passkey from your account."
                : "If that was not you, somebody knows your password. End the session by the link above, then choose a new password.")
    { Facts = Facts(mail.Occasion), Next = "If that was you, there is nothing to do." };
}
