using Portal.Accounts.Mail;

namespace Portal.Mails;

// Somebody guesses.
internal sealed partial class GermanLetters
{
    protected override Letter CodesGuessed(AccountMail.CodesGuessed mail) => new(
        Subject: $"Vielleicht kennt jemand Ihr Passwort bei {Site}",
        Heading: "Vielleicht kennt jemand Ihr Passwort",
        Opening: [$"Jemand hat das richtige Passwort Ihres Kontos {mail.Recipient} bei {Site} eingegeben und danach mehrere falsche Codes. Die Anmeldung gelang nicht, und vor dem nächsten Versuch muss gewartet werden."],
        Action: mail.RecoveryUrl is { } recovery ? new LetterLink("Neues Passwort wählen", recovery) : null,
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.RecoveryUrl is null
            ? $"Wenn Sie das nicht waren, wenden Sie sich sofort an das Team von {Site}."
            : "Wenn Sie das nicht waren, wählen Sie jetzt ein neues Passwort. Die Authenticator-App hat den Zugang bisher verhindert.")
    { Facts = Facts(mail.Occasion), Next = "Wenn Sie das waren, prüfen Sie die Uhr des Geräts mit der App, und versuchen Sie es später noch einmal." };

    protected override Letter PasswordGuessed(AccountMail.PasswordGuessed mail) => new(
        Subject: $"Jemand versucht, Ihr Passwort bei {Site} zu erraten",
        Heading: "Jemand versucht, Ihr Passwort zu erraten",
        Opening:
        [
            $"Für Ihr Konto {mail.Recipient} bei {Site} wurden hundertmal hintereinander falsche Passwörter eingegeben. Niemand wurde angemeldet.",
            "Damit das so bleibt, wird das Passwort in Browsern, in denen Sie nie angemeldet waren, nicht mehr angenommen. In Ihren eigenen Browsern und mit einem Passkey melden Sie sich an wie immer; mit dem Passwort dort heben Sie das wieder auf, und auch mit einem neuen Passwort.",
        ],
        Action: mail.RecoveryUrl is { } recovery ? new LetterLink("Neues Passwort wählen", recovery) : new LetterLink("Anmelden", mail.SignInUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.RecoveryUrl is null
            ? $"Wenn Sie sich nirgends anmelden können, wenden Sie sich an das Team von {Site}."
            : "Wenn Sie das nicht waren, hat Ihr Passwort standgehalten. Wählen Sie ein neues, wenn Sie es auch anderswo verwenden oder jemand es kennen könnte.")
    { Facts = Facts(mail.Occasion), Next = "Wenn Sie das waren und das Passwort vergessen haben, wählen Sie ein neues." };
}
