using Portal.Accounts.Mail;

namespace Portal.Mails;

/// <summary>The letters in German, to people addressed formally.</summary>
internal sealed partial class GermanLetters(string site, TimeZoneInfo? zone) : Letters(site, zone)
{
    protected override LetterWords Words { get; } = new()
    {
        Language = "de",
        Hello = "Guten Tag,",
        HelloName = "Guten Tag {0},",
        CopyHint = "Oder kopieren Sie diese Adresse in Ihren Browser:",
        Moment = "d. MMMM yyyy 'um' HH:mm 'Uhr'",
        When = "Wann",
        Device = "Gerät",
        Place = "Ort",
        Address = "IP-Adresse",
        On = "unter",
        UnknownBrowser = "Unbekannter Browser",
        UnknownSystem = "unbekanntem System",
    };

    private string NotAsked => $"Wenn Sie nicht darum gebeten haben, wenden Sie sich sofort an das Team von {Site}.";

    protected override Letter ConfirmEmail(AccountMail.ConfirmEmail mail) => new(
        Subject: $"Bestätigen Sie Ihre E-Mail-Adresse für {Site}",
        Heading: "E-Mail-Adresse bestätigen",
        Opening:
        [
            mail.IsReplacement
                ? $"Das Team von {Site} hat {mail.Recipient} als Adresse Ihres Kontos eingetragen. Bestätigen Sie, dass es Ihre ist; vielleicht können Sie sich erst danach wieder anmelden."
                : $"Bestätigen Sie, dass {mail.Recipient} Ihre Adresse ist, dann können Sie Ihr Konto bei {Site} benutzen.",
            .. mail.Occasion is null ? [] : new[] { "So wurde das Konto angelegt:" },
        ],
        Action: new LetterLink("E-Mail-Adresse bestätigen", mail.Url),
        Closing: [$"Der Link funktioniert ein einziges Mal, bis zum {Moment(mail.ExpiresAt)}. Danach bietet seine Seite einen neuen an."],
        Why: mail.IsReplacement
            ? $"Sie erhalten diese Nachricht, weil {mail.Recipient} als neue Adresse eines Kontos bei {Site} eingegeben wurde."
            : $"Sie erhalten diese Nachricht, weil {mail.Recipient} beim Anlegen eines Kontos bei {Site} eingegeben wurde.",
        NotYou: "Wenn Sie das nicht waren, brauchen Sie nichts zu tun. Ohne den Link oben kann niemand Ihre Adresse bestätigen.")
    { Facts = Facts(mail.Occasion) };

    protected override Letter AlreadyRegistered(AccountMail.AlreadyRegistered mail) => new(
        Subject: mail.IsReplacement ? $"Ihre Adresse bleibt bei Ihrem Konto bei {Site}" : $"Sie haben schon ein Konto bei {Site}",
        Heading: mail.IsReplacement ? "Ihre Adresse bleibt bei Ihrem Konto" : "Sie haben schon ein Konto",
        Opening: [mail.IsReplacement
            ? $"Jemand wollte {mail.Recipient} zur Adresse eines anderen Kontos bei {Site} machen. Sie gehört zu Ihrem, deshalb bekommt das andere Konto sie nicht."
            : $"Jemand wollte bei {Site} ein Konto mit der Adresse {mail.Recipient} anlegen. Zu dieser Adresse gibt es schon eines, deshalb wurde kein neues angelegt."],
        Action: new LetterLink("Anmelden", mail.SignInUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: "Wenn Sie das nicht waren, brauchen Sie nichts zu tun. Ihr Konto ist unverändert, und wer es versucht hat, hat nicht erfahren, dass es besteht.")
    {
        Facts = Facts(mail.Occasion),
        Next = mail.IsReplacement ? "Wenn Sie das waren, melden Sie sich bei dem Konto an, das diese Adresse hat. Es kann sie abgeben; dann kann das andere sie bekommen." : "Wenn Sie das waren, melden Sie sich einfach an.",
        Second = mail.RecoveryUrl is { } recovery ? new LetterLink("Passwort vergessen? Hier wählen Sie ein neues:", recovery) : null,
    };

    protected override Letter Welcome(AccountMail.Welcome mail) => new(
        Subject: $"Ihr Konto bei {Site} ist bereit",
        Heading: $"Willkommen bei {Site}",
        Opening:
        [
            $"Die Adresse {mail.Recipient} ist bestätigt, und Sie können Ihr Konto benutzen.",
            .. mail.Occasion is null ? [] : new[] { "So wurde sie bestätigt:" },
        ],
        Action: new LetterLink("Anmelden", mail.SignInUrl),
        Closing: ["In Ihrem Konto sehen Sie, wo Sie angemeldet sind, und können jede dieser Sitzungen jederzeit beenden."],
        Why: $"Sie erhalten diese Nachricht, weil {mail.Recipient} für ein Konto bei {Site} bestätigt wurde.",
        NotYou: $"Wenn Sie das nicht waren, kann jemand anders Ihre E-Mails lesen. Ändern Sie zuerst das Passwort Ihres Postfachs, und wenden Sie sich dann an das Team von {Site}.")
    { Facts = Facts(mail.Occasion) };

    protected override Letter Invitation(AccountMail.Invitation mail) => new(
        Subject: $"Ihre Einladung zu {Site}",
        Heading: $"Willkommen bei {Site}",
        Opening: [$"Das Team von {Site} hat ein Konto für {mail.Recipient} angelegt. Wählen Sie ein Passwort, dann gehört es Ihnen."],
        Action: new LetterLink("Passwort wählen", mail.Url),
        Closing: [$"Der Link funktioniert ein einziges Mal, bis zum {Moment(mail.ExpiresAt)}. Niemand außer Ihnen erfährt je das Passwort."],
        Why: $"Sie erhalten diese Nachricht, weil bei {Site} ein Konto mit der Adresse {mail.Recipient} angelegt wurde.",
        NotYou: "Wenn Sie es nicht möchten, brauchen Sie nichts zu tun. Ohne den Link oben kann niemand das Konto benutzen.");

    protected override Letter ResetPassword(AccountMail.ResetPassword mail) => new(
        Subject: $"Wählen Sie ein neues Passwort für {Site}",
        Heading: "Wählen Sie ein neues Passwort",
        Opening: [mail.IsByAdministrator
            ? $"Das Team von {Site} schickt Ihnen diesen Link, damit Sie für Ihr Konto {mail.Recipient} ein neues Passwort wählen können."
            : $"Jemand hat für das Konto {mail.Recipient} bei {Site} ein neues Passwort angefordert."],
        Action: new LetterLink("Neues Passwort wählen", mail.Url),
        Closing: [$"Der Link funktioniert ein einziges Mal, bis zum {Moment(mail.ExpiresAt)}. Das neue Passwort beendet alle Sitzungen des Kontos; danach melden Sie sich damit an."],
        Why: $"Sie erhalten diese Nachricht, weil mit der Adresse {mail.Recipient} ein neues Passwort angefordert wurde.",
        NotYou: mail.IsByAdministrator
            ? "Wenn Sie das nicht erwartet haben, brauchen Sie nichts zu tun. Ihr Passwort ist unverändert, und ohne den Link oben kann es niemand ändern."
            : "Wenn Sie das nicht waren, brauchen Sie nichts zu tun. Ihr Passwort ist unverändert, und ohne den Link oben kann es niemand ändern.")
    {
        Facts = Facts(mail.Occasion),
        Next = mail.IsByAdministrator ? "Bis Sie eines wählen, bleibt das bisherige gültig." : "Wenn Sie das waren, wählen Sie es jetzt. Bis dahin bleibt das bisherige gültig.",
    };

    protected override Letter PasswordChanged(AccountMail.PasswordChanged mail) => new(
        Subject: $"Ihr Passwort bei {Site} wurde geändert",
        Heading: "Ihr Passwort wurde geändert",
        Opening: [$"Das Passwort Ihres Kontos {mail.Recipient} bei {Site} wurde geändert. {Ended(mail.EndedSessions)}".TrimEnd()],
        Action: mail.RecoveryUrl is { } recovery ? new LetterLink("Neues Passwort wählen", recovery) : null,
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.RecoveryUrl is null
            ? $"Wenn Sie das nicht waren, ist vielleicht jemand anders in Ihrem Konto. Wenden Sie sich sofort an das Team von {Site}."
            : $"Wenn Sie das nicht waren, ist vielleicht jemand anders in Ihrem Konto. Wählen Sie sofort ein neues Passwort, und wenden Sie sich an das Team von {Site}.")
    { Facts = Facts(mail.Occasion), Next = "Wenn Sie das waren, brauchen Sie nichts zu tun." + (mail.RecoveryUrl is null ? "" : " Wenn nicht, handeln Sie sofort:") };

    protected override Letter ConfirmNewEmail(AccountMail.ConfirmNewEmail mail) => new(
        Subject: $"Bestätigen Sie Ihre neue E-Mail-Adresse für {Site}",
        Heading: "Neue E-Mail-Adresse bestätigen",
        Opening: [$"{mail.Recipient} soll die Adresse eines Kontos bei {Site} werden."],
        Action: new LetterLink("Neue Adresse bestätigen", mail.Url),
        Closing: [$"Der Link funktioniert ein einziges Mal, bis zum {Moment(mail.ExpiresAt)}. Solange Sie ihm nicht folgen, behält das Konto seine bisherige Adresse."],
        Why: $"Sie erhalten diese Nachricht, weil {mail.Recipient} als neue Adresse eines Kontos bei {Site} eingegeben wurde.",
        NotYou: "Wenn Sie das nicht waren, brauchen Sie nichts zu tun. Ohne den Link oben wird Ihre Adresse nicht verwendet.")
    { Facts = Facts(mail.Occasion), Next = "Wenn Sie das veranlasst haben, bestätigen Sie es." };

    protected override Letter EmailChangeAsked(AccountMail.EmailChangeAsked mail) => new(
        Subject: $"Eine neue E-Mail-Adresse für Ihr Konto bei {Site}?",
        Heading: "Ihre E-Mail-Adresse soll sich ändern",
        Opening: [$"Jemand möchte die Adresse Ihres Kontos bei {Site} von {mail.Recipient} in {mail.NewEmail} ändern. Die neue Adresse muss erst bestätigt werden; bis dahin ändert sich nichts."],
        Action: new LetterLink("Diese Änderung verhindern", mail.StopUrl),
        Closing: [$"Die Änderung kann bis zum {Moment(mail.ExpiresAt)} bestätigt oder verhindert werden. Danach verfällt sie."],
        Why: BelongsTo(mail),
        NotYou: "Wenn Sie das nicht waren, verhindern Sie die Änderung, und wählen Sie danach ein neues Passwort: Wer sie veranlasst hat, war in Ihrem Konto angemeldet.")
    { Facts = Facts(mail.Occasion), Next = "Wenn Sie das waren, folgen Sie dem Link in der Nachricht an die neue Adresse." };

    protected override Letter EmailChanged(AccountMail.EmailChanged mail) => new(
        Subject: $"Ihre E-Mail-Adresse bei {Site} wurde geändert",
        Heading: "Ihre E-Mail-Adresse wurde geändert",
        Opening:
        [
            $"Die Adresse Ihres Kontos bei {Site} wurde von {mail.OldEmail} in {mail.NewEmail} geändert.",
            "Sie melden sich mit der neuen Adresse an, und Nachrichten zu Ihrem Konto gehen dorthin.",
        ],
        Action: new LetterLink("Konto öffnen", mail.AccountUrl),
        Closing: [],
        Why: $"Sie erhalten diese Nachricht an die alte und an die neue Adresse eines Kontos bei {Site}; diese hier ist {mail.Recipient}.",
        NotYou: $"Wenn Sie das nicht waren, ist vielleicht jemand anders in Ihrem Konto. Wenden Sie sich sofort an das Team von {Site}.")
    { Facts = Facts(mail.Occasion) };

    protected override Letter FactorChanged(AccountMail.FactorChanged mail)
    {
        var (subject, heading, opening) = mail.Change switch
        {
            FactorChange.AppAdded => (
                $"Authenticator-App für Ihr Konto bei {Site} eingerichtet", "Authenticator-App eingerichtet",
                $"Wer sich bei Ihrem Konto {mail.Recipient} bei {Site} anmeldet, braucht jetzt zusätzlich einen Code einer Authenticator-App."),
            FactorChange.AppRemoved => (
                $"Authenticator-App aus Ihrem Konto bei {Site} entfernt", "Authenticator-App entfernt",
                $"Für die Anmeldung bei Ihrem Konto {mail.Recipient} bei {Site} wird kein Code mehr verlangt. Die Wiederherstellungscodes sind ungültig."),
            FactorChange.AppRemovedByAdministrator => (
                $"Authenticator-App aus Ihrem Konto bei {Site} entfernt", "Authenticator-App entfernt",
                $"Das Team von {Site} hat die Authenticator-App aus Ihrem Konto {mail.Recipient} entfernt, wie es für Personen geschieht, die sie verloren haben. Sie wurden überall abgemeldet. Bis Sie wieder eine App einrichten, wird bei der Anmeldung kein Code verlangt."),
            FactorChange.AppAndPasswordRemovedByAdministrator => (
                $"Authenticator-App und Passwort aus Ihrem Konto bei {Site} entfernt", "Authenticator-App und Passwort entfernt",
                $"Das Team von {Site} hat die Authenticator-App aus Ihrem Konto {mail.Recipient} entfernt, wie es für Personen geschieht, die sie verloren haben. Ihr Passwort war kurz, wie es neben einer App sein darf, und gilt nicht mehr: Wählen Sie ein längeres. Sie wurden überall abgemeldet."),
            _ => (
                $"Neue Wiederherstellungscodes für Ihr Konto bei {Site}", "Neue Wiederherstellungscodes",
                $"Für Ihr Konto {mail.Recipient} bei {Site} wurden neue Wiederherstellungscodes erstellt. Die bisherigen sind ungültig."),
        };
        return new(
            Subject: subject,
            Heading: heading,
            Opening: [opening],
            Action: new LetterLink("Sicherheit des Kontos ansehen", mail.SecurityUrl),
            Closing: [],
            Why: BelongsTo(mail),
            NotYou: IsByAdministrator(mail.Change) ? NotAsked : $"Wenn Sie das nicht waren, ist vielleicht jemand anders in Ihrem Konto. Wählen Sie sofort ein neues Passwort, und wenden Sie sich an das Team von {Site}.")
        {
            Facts = Facts(mail.Occasion),
            Next = IsByAdministrator(mail.Change) ? null : "Wenn Sie das waren, brauchen Sie nichts zu tun.",
            Second = mail.RecoveryUrl is { } recovery ? new LetterLink("Neues Passwort wählen:", recovery) : null,
        };
    }

    protected override Letter RecoveryCodeUsed(AccountMail.RecoveryCodeUsed mail) => new(
        Subject: $"Ein Wiederherstellungscode Ihres Kontos bei {Site} wurde verwendet",
        Heading: "Ein Wiederherstellungscode wurde verwendet",
        Opening:
        [
            $"Ein Wiederherstellungscode hat die Authenticator-App Ihres Kontos {mail.Recipient} bei {Site} ersetzt.",
            mail.Left switch { 0 => "Es war der letzte.", 1 => "Einer ist noch übrig.", _ => $"{mail.Left} sind noch übrig." },
        ],
        Action: new LetterLink("Neue Wiederherstellungscodes erstellen", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"Wenn Sie das nicht waren, hat jemand Ihr Passwort und Ihre Codes. Wählen Sie sofort ein neues Passwort, und wenden Sie sich an das Team von {Site}.")
    { Facts = Facts(mail.Occasion), Next = "Wenn Sie das waren, brauchen Sie nichts zu tun, solange Sie noch Codes haben." };

    protected override Letter IdentityLinked(AccountMail.IdentityLinked mail) => new(
        Subject: $"{mail.Provider} wurde mit Ihrem Konto bei {Site} verknüpft",
        Heading: $"{mail.Provider} wurde mit Ihrem Konto verknüpft",
        Opening: [$"Mit einer Identität bei {mail.Provider} kann man sich von nun an bei Ihrem {Site}-Konto {mail.Recipient} anmelden."],
        Action: new LetterLink("Verknüpfte Identitäten ansehen", mail.IdentitiesUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"Wenn Sie das nicht waren, ist vielleicht jemand anders in Ihrem Konto. Lösen Sie die Verknüpfung, wählen Sie sofort ein neues Passwort, und wenden Sie sich an das Team von {Site}.")
    { Facts = Facts(mail.Occasion), Next = "Wenn Sie das waren, brauchen Sie nichts zu tun." };

    protected override Letter IdentityUnlinked(AccountMail.IdentityUnlinked mail) => new(
        Subject: $"Die Verknüpfung Ihres Kontos bei {Site} mit {mail.Provider} wurde gelöst",
        Heading: $"Die Verknüpfung mit {mail.Provider} wurde gelöst",
        Opening: [mail.IsByAdministrator
            ? $"Das Team von {Site} hat die Verknüpfung Ihres Kontos {mail.Recipient} mit Ihrer Identität bei {mail.Provider} gelöst. Mit ihr kann man sich nicht mehr anmelden, und wo Sie mit ihr angemeldet waren, wurden Sie abgemeldet."
            : $"Mit Ihrer Identität bei {mail.Provider} kann man sich nicht mehr bei Ihrem {Site}-Konto {mail.Recipient} anmelden."],
        Action: new LetterLink("Verknüpfte Identitäten ansehen", mail.IdentitiesUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.IsByAdministrator ? NotAsked : $"Wenn Sie das nicht waren, ist vielleicht jemand anders in Ihrem Konto. Wählen Sie sofort ein neues Passwort, und wenden Sie sich an das Team von {Site}.")
    { Facts = Facts(mail.Occasion), Next = mail.IsByAdministrator ? null : "Wenn Sie das waren, brauchen Sie nichts zu tun." };

    protected override Letter PasskeyAdded(AccountMail.PasskeyAdded mail) => new(
        Subject: $"Neuer Passkey für Ihr Konto bei {Site}",
        Heading: "Ein Passkey wurde hinzugefügt",
        Opening: [$"Zu Ihrem Konto {mail.Recipient} bei {Site} wurde ein Passkey hinzugefügt. Wer ihn hat, kann sich damit ohne Ihr Passwort anmelden. {Ended(mail.EndedSessions)}".TrimEnd()],
        Action: new LetterLink("Passkeys ansehen", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: "Wenn Sie das nicht waren, entfernen Sie den Passkey sofort, melden Sie sich überall sonst ab, und wählen Sie ein neues Passwort.")
    { Facts = Facts(mail.Occasion), Next = "Wenn Sie das waren, brauchen Sie nichts zu tun." };

    protected override Letter PasskeyRemoved(AccountMail.PasskeyRemoved mail) => new(
        Subject: $"Passkey aus Ihrem Konto bei {Site} entfernt",
        Heading: "Ein Passkey wurde entfernt",
        Opening: [(mail.IsByAdministrator
            ? $"Das Team von {Site} hat aus Ihrem Konto {mail.Recipient} einen Passkey entfernt. Niemand kann sich mehr damit anmelden. {Ended(mail.EndedSessions)}"
            : $"Aus Ihrem Konto {mail.Recipient} bei {Site} wurde ein Passkey entfernt. Niemand kann sich mehr damit anmelden. {Ended(mail.EndedSessions)}").TrimEnd()],
        Action: new LetterLink("Passkeys ansehen", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.IsByAdministrator ? NotAsked : "Wenn Sie das nicht waren, ist vielleicht jemand anders in Ihrem Konto. Melden Sie sich sofort überall sonst ab, und wählen Sie ein neues Passwort.")
    { Facts = Facts(mail.Occasion), Next = mail.IsByAdministrator ? null : "Wenn Sie das waren, brauchen Sie nichts zu tun." };

    protected override Letter Deactivated(AccountMail.Deactivated mail) => new(
        Subject: $"Ihr Konto bei {Site} wurde deaktiviert",
        Heading: "Ihr Konto wurde deaktiviert",
        Opening: [$"Ihr Konto {mail.Recipient} bei {Site} wurde {Because(mail.IsDomainBlocked)}. Sie wurden überall abgemeldet, und niemand kann sich mehr damit anmelden."],
        Action: new LetterLink($"{Site} öffnen", mail.PortalUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"Wenn Sie das für einen Irrtum halten, wenden Sie sich an das Team von {Site}. Nur dort kann das Konto wieder aktiviert werden.")
    { Facts = Facts(mail.At) };

    protected override Letter Deleted(AccountMail.Deleted mail) => new(
        Subject: $"Ihr Konto bei {Site} wurde gelöscht",
        Heading: "Ihr Konto wurde gelöscht",
        Opening: [$"Das Konto {mail.Recipient} bei {Site} wurde gelöscht, mit allem, was dazu gehörte. Das lässt sich nicht rückgängig machen."],
        Action: new LetterLink($"{Site} öffnen", mail.PortalUrl),
        Closing: [],
        Why: $"Sie erhalten diese Nachricht, weil {mail.Recipient} die Adresse dieses Kontos war.",
        NotYou: $"Wenn Sie das nicht waren, wenden Sie sich an das Team von {Site}, und ändern Sie das Passwort Ihres Postfachs.")
    { Facts = Facts(mail.Occasion) };

    private static string Because(bool? isDomainBlocked) => isDomainBlocked switch
    {
        true => "deaktiviert, weil Adressen seiner E-Mail-Domain nicht zugelassen sind",
        false => "von der Administration deaktiviert",
        null => "deaktiviert",
    };

    private static string Ended(int sessions) => sessions switch
    {
        0 => "",
        1 => "Dadurch wurde eine Sitzung beendet.",
        _ => $"Dadurch wurden {sessions} Sitzungen beendet.",
    };

    private string BelongsTo(AccountMail mail) => $"Sie erhalten diese Nachricht, weil {mail.Recipient} zu einem Konto bei {Site} gehört.";
}
