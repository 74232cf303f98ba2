using Portal.Accounts.Mail;

namespace Portal.Mails;

// An address comes back.
internal sealed partial class GermanLetters
{
    protected override Letter EmailReturned(AccountMail.EmailReturned mail) => new(
        Subject: $"Ein Konto bei {Site} hat wieder seine frühere E-Mail-Adresse",
        Heading: "Die frühere Adresse gilt wieder",
        Opening:
        [
            $"Die Person, der das Konto gehört, hat uns gesagt, dass die Änderung der Adresse in {mail.OldEmail} nicht von ihr kam. Das Konto bei {Site} hat wieder die Adresse {mail.NewEmail}.",
            "Melden Sie sich damit an, und wählen Sie ein neues Passwort, falls noch nicht geschehen: Nachrichten zum Konto gehen dorthin.",
        ],
        Action: new LetterLink("Konto öffnen", mail.AccountUrl),
        Closing: [],
        Why: $"Sie erhalten diese Nachricht an beide Adressen, die das Konto hatte; diese hier ist {mail.Recipient}.",
        NotYou: $"Wenn Sie das nicht gesagt haben, wenden Sie sich sofort an das Team von {Site}.")
    { Facts = Facts(mail.Occasion) };
}
