using Portal.Accounts.Mail;

namespace Portal.Mails;

// Somebody guesses.
internal sealed partial class EnglishLetters
{
    protected override Letter CodesGuessed(AccountMail.CodesGuessed mail) => new(
        Subject: $"Somebody may know your password at {Site}",
        Heading: "Somebody may know your password",
        Opening: [$"Somebody gave the right password of your {Site} account {mail.Recipient}, and then several wrong codes. They did not get in, and have to wait before they can try again."],
        Action: mail.RecoveryUrl is { } recovery ? new LetterLink("Choose a new password", recovery) : null,
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.RecoveryUrl is null
            ? $"If that was not you, tell the people who run {Site} at once."
            : "If that was not you, choose a new password now. The authenticator app has kept them out so far.")
    { Facts = Facts(mail.Occasion), Next = "If that was you, check that the clock of the device with the app is right, and try again later." };

    protected override Letter PasswordGuessed(AccountMail.PasswordGuessed mail) => new(
        Subject: $"Somebody tries to guess your password at {Site}",
        Heading: "Somebody tries to guess your password",
        Opening:
        [
            $"A hundred wrong passwords in a row were tried for your {Site} account {mail.Recipient}. Nobody got in.",
            "To keep it so, the password is taken no longer in browsers where you never signed in. In your own browsers, and with a passkey, you sign in as before; doing so with your password there lifts this, and so does a new password.",
        ],
        Action: mail.RecoveryUrl is { } recovery ? new LetterLink("Choose a new password", recovery) : new LetterLink("Sign in", mail.SignInUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.RecoveryUrl is null
            ? $"If you cannot sign in anywhere, write to the people who run {Site}."
            : "If that was not you, your password has held. Choose a new one if you use it elsewhere or somebody may know it.")
    { Facts = Facts(mail.Occasion), Next = "If that was you and you forgot it, choose a new password." };
}
