using Portal.Accounts.Mail;

namespace Portal.Mails;

// Somebody signs in.
internal sealed partial class GermanLetters
{
    protected override Letter NewDevice(AccountMail.NewDevice mail) => new(
        Subject: $"Neue Anmeldung in Ihrem Konto bei {Site}",
        Heading: "Neue Anmeldung in Ihrem Konto",
        Opening:
        [
            mail.Oddity switch
            {
                SignInOddity.Country => $"In Ihrem Konto bei {Site} hat sich jemand aus einem Land angemeldet, aus dem es in letzter Zeit nicht benutzt wurde.",
                SignInOddity.LongWhile => $"In Ihrem Konto bei {Site} hat sich jemand angemeldet, zum ersten Mal seit mehr als drei Monaten.",
                SignInOddity.Failures => $"In Ihrem Konto bei {Site} hat sich jemand angemeldet, nachdem mehrere Versuche gescheitert waren.",
                _ => $"In Ihrem Konto bei {Site} hat sich jemand mit einem Browser angemeldet, der dafür noch nicht benutzt wurde.",
            },
        ],
        Action: new LetterLink("Das war ich nicht", mail.NotMeUrl),
        Closing:
        [
            $"Der Link zeigt die Sitzung und beendet sie mit einem Klick. Er funktioniert ein einziges Mal, bis zum {Moment(mail.ExpiresAt)}.",
            .. mail.Oddity is SignInOddity.Browser ? ["Auch ein Browser, dessen Cookies gelöscht wurden, gilt als neu."] : (string[])[],
            .. mail.Occasion.Country is null ? (string[])[] : ["Der Ort ist geschätzt."],
        ],
        Why: BelongsTo(mail),
        NotYou: mail.Provider is { } provider
            ? $"Wenn Sie das nicht waren, kann sich jemand bei {provider} als Sie anmelden. Beenden Sie die Sitzung über den Link oben, und ändern Sie danach Ihr Passwort bei {provider}."
            : IsByPasskey(mail)
                ? "Wenn Sie das nicht waren, hat jemand einen Ihrer Passkeys oder das Gerät, das ihn aufbewahrt. Beenden Sie die Sitzung über den Link oben, und entfernen Sie danach diesen Passkey aus Ihrem Konto."
                : "Wenn Sie das nicht waren, kennt jemand Ihr Passwort. Beenden Sie die Sitzung über den Link oben, und wählen Sie danach ein neues Passwort.")
    { Facts = Facts(mail.Occasion), Next = "Wenn Sie das waren, brauchen Sie nichts zu tun." };
}
