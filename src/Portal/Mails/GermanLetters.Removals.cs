using Portal.Accounts.Mail;

namespace Portal.Mails;

// What somebody else may have left in the account goes.
internal sealed partial class GermanLetters
{
    protected override Letter WaysInRemoved(AccountMail.WaysInRemoved mail) => new(
        Subject: $"Aus Ihrem Konto bei {Site} wurden Anmeldewege entfernt",
        Heading: "Anmeldewege wurden entfernt",
        Opening:
        [
            mail.IsByReport
                ? $"Sie haben uns gesagt, dass eine Sitzung Ihres Kontos {mail.Recipient} bei {Site} nicht Ihre war. Was seit deren Beginn hinzugefügt wurde, öffnet das Konto nicht mehr."
                : $"Für das Konto {mail.Recipient} bei {Site} wurde über einen Link an diese Adresse, die noch niemand bestätigt hatte, ein neues Passwort gewählt. Was das Konto sonst noch öffnete, gehörte vielleicht jemand anderem und gilt nicht mehr.",
            $"Entfernt: {string.Join(", ", Names(mail.Removed))}.",
        ],
        Action: new LetterLink("Sicherheit des Kontos ansehen", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"Wenn Sie das nicht waren, kann jemand anders Ihre E-Mails lesen. Ändern Sie zuerst das Passwort Ihres Postfachs, und wenden Sie sich dann an das Team von {Site}.")
    {
        Facts = Facts(mail.Occasion),
        Next = mail.Removed.HadPassword ? "Wählen Sie ein neues Passwort, und fügen Sie danach wieder hinzu, was Ihnen gehörte." : "Wenn etwas davon Ihnen gehörte, fügen Sie es wieder hinzu.",
        Second = mail.RecoveryUrl is { } recovery ? new LetterLink("Neues Passwort wählen:", recovery) : null,
    };

    private static IEnumerable<string> Names(RemovedWaysIn removed) =>
    [
        .. removed.Passkeys switch { 0 => Array.Empty<string>(), 1 => ["ein Passkey"], _ => [$"{removed.Passkeys} Passkeys"] },
        .. removed.Providers.Select(provider => $"die Anmeldung mit {provider}"),
        .. removed.HadApp ? new[] { "die Authenticator-App mit ihren Wiederherstellungscodes" } : [],
        .. removed.HadCodes ? new[] { "die Wiederherstellungscodes" } : [],
        .. removed.HadPassword ? new[] { "das Passwort, das kurz war, wie es neben einer App sein darf" } : [],
    ];
}
