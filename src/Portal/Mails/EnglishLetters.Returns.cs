using Portal.Accounts.Mail;

namespace Portal.Mails;

// An address comes back.
internal sealed partial class EnglishLetters
{
    protected override Letter EmailReturned(AccountMail.EmailReturned mail) => new(
        Subject: $"An account at {Site} has its former email address again",
        Heading: "The former address is back",
        Opening:
        [
            $"Its person told us that the change of address to {mail.OldEmail} was not theirs. The account at {Site} has the address {mail.NewEmail} again.",
            "Sign in with it, and choose a new password if you have not yet: mails about the account go there.",
        ],
        Action: new LetterLink("Open your account", mail.AccountUrl),
        Closing: [],
        Why: $"You get this mail at both addresses that the account had; this one is {mail.Recipient}.",
        NotYou: $"If you did not say so, tell the people who run {Site} at once.")
    { Facts = Facts(mail.Occasion) };
}
