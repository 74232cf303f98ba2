using Portal.Accounts.Mail;

namespace Portal.Mails;

/// <summary>The letters in English.</summary>
internal sealed partial class EnglishLetters(string site, TimeZoneInfo? zone) : Letters(site, zone)
{
    protected override LetterWords Words { get; } = new()
    {
        Language = "en",
        Hello = "Hello,",
        HelloName = "Hello {0},",
        CopyHint = "Or copy this address into your browser:",
        Moment = "d MMMM yyyy 'at' HH:mm",
        When = "When",
        Device = "Device",
        Place = "Place",
        Address = "IP address",
        On = "on",
        UnknownBrowser = "Unknown browser",
        UnknownSystem = "an unknown system",
    };

    private string NotAsked => $"If you did not ask for that, tell the people who run {Site} at once.";

    protected override Letter ConfirmEmail(AccountMail.ConfirmEmail mail) => new(
        Subject: $"Confirm your email address for {Site}",
        Heading: "Confirm your email address",
        Opening:
        [
            mail.IsReplacement
                ? $"The people who run {Site} made {mail.Recipient} the address of your account. Confirm that it is yours; you may have to before you can sign in again."
                : $"Confirm that {mail.Recipient} is your address, and your {Site} account is ready to use.",
            .. mail.Occasion is null ? [] : new[] { "This is how the account was created:" },
        ],
        Action: new LetterLink("Confirm email address", mail.Url),
        Closing: [$"The link works once, until {Moment(mail.ExpiresAt)}. After that, its page offers you a new one."],
        Why: mail.IsReplacement
            ? $"You get this mail because {mail.Recipient} was entered as the new address of an account at {Site}."
            : $"You get this mail because {mail.Recipient} was entered to create an account at {Site}.",
        NotYou: "If that was not you, ignore this mail. Without the link above nobody can confirm your address.")
    { Facts = Facts(mail.Occasion) };

    protected override Letter AlreadyRegistered(AccountMail.AlreadyRegistered mail) => new(
        Subject: mail.IsReplacement ? $"Your address stays with your account at {Site}" : $"You already have an account at {Site}",
        Heading: mail.IsReplacement ? "Your address stays with your account" : "You already have an account",
        Opening: [mail.IsReplacement
            ? $"Somebody asked to make {mail.Recipient} the address of another account at {Site}. It belongs to yours, so the other account does not get it."
            : $"Somebody tried to create an account at {Site} with {mail.Recipient}. The address already has one, so no new account was made."],
        Action: new LetterLink("Sign in", mail.SignInUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: "If that was not you, there is nothing to do. Your account has not changed, and whoever tried was not told that it exists.")
    {
        Facts = Facts(mail.Occasion),
        Next = mail.IsReplacement ? "If that was you, sign in to the account that has this address. It can give the address up; then the other one can have it." : "If that was you, just sign in.",
        Second = mail.RecoveryUrl is { } recovery ? new LetterLink("Forgotten your password? Choose a new one:", recovery) : null,
    };

    protected override Letter Welcome(AccountMail.Welcome mail) => new(
        Subject: $"Your account at {Site} is ready",
        Heading: $"Welcome to {Site}",
        Opening:
        [
            $"The address {mail.Recipient} is confirmed, and your account is ready to use.",
            .. mail.Occasion is null ? [] : new[] { "This is how it was confirmed:" },
        ],
        Action: new LetterLink("Sign in", mail.SignInUrl),
        Closing: ["In your account you see where you are signed in, and can end each of these sessions at any time."],
        Why: $"You get this mail because {mail.Recipient} was confirmed for an account at {Site}.",
        NotYou: $"If that was not you, somebody else can read your mails. Change the password of your mailbox first, then tell the people who run {Site}.")
    { Facts = Facts(mail.Occasion) };

    protected override Letter Invitation(AccountMail.Invitation mail) => new(
        Subject: $"You are invited to {Site}",
        Heading: $"Welcome to {Site}",
        Opening: [$"The people who run {Site} made an account for {mail.Recipient}. Choose a password, and it is yours."],
        Action: new LetterLink("Choose a password", mail.Url),
        Closing: [$"The link works once, until {Moment(mail.ExpiresAt)}. Nobody but you ever knows the password."],
        Why: $"You get this mail because an account at {Site} was made with the address {mail.Recipient}.",
        NotYou: "If you do not want it, ignore this mail. Without the link above nobody can use the account.");

    protected override Letter ResetPassword(AccountMail.ResetPassword mail) => new(
        Subject: $"Choose a new password for {Site}",
        Heading: "Choose a new password",
        Opening: [mail.IsByAdministrator
            ? $"The people who run {Site} sent you this link, so that you can choose a new password for your account {mail.Recipient}."
            : $"Somebody asked for a new password for the {Site} account of {mail.Recipient}."],
        Action: new LetterLink("Choose a new password", mail.Url),
        Closing: [$"The link works once, until {Moment(mail.ExpiresAt)}. The new password ends all sessions of the account; you then sign in with it."],
        Why: $"You get this mail because a new password was asked for with the address {mail.Recipient}.",
        NotYou: mail.IsByAdministrator
            ? "If you did not expect it, ignore this mail. Your password has not changed, and without the link above nobody can change it."
            : "If that was not you, ignore this mail. Your password has not changed, and without the link above nobody can change it.")
    {
        Facts = Facts(mail.Occasion),
        Next = mail.IsByAdministrator ? "Until you choose one, the present one stays." : "If that was you, choose one now. Until you do, the present one stays.",
    };

    protected override Letter PasswordChanged(AccountMail.PasswordChanged mail) => new(
        Subject: $"Your password at {Site} was changed",
        Heading: "Your password was changed",
        Opening: [$"The password of your {Site} account {mail.Recipient} was changed. {Ended(mail.EndedSessions)}".TrimEnd()],
        Action: mail.RecoveryUrl is { } recovery ? new LetterLink("Choose a new password", recovery) : null,
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.RecoveryUrl is null
            ? $"If that was not you, somebody else may be in your account. Tell the people who run {Site} at once."
            : $"If that was not you, somebody else may be in your account. Choose a new password at once, and tell the people who run {Site}.")
    { Facts = Facts(mail.Occasion), Next = "If that was you, there is nothing to do." + (mail.RecoveryUrl is null ? "" : " If not, act at once:") };

    protected override Letter ConfirmNewEmail(AccountMail.ConfirmNewEmail mail) => new(
        Subject: $"Confirm your new email address for {Site}",
        Heading: "Confirm your new email address",
        Opening: [$"{mail.Recipient} is to become the address of an account at {Site}."],
        Action: new LetterLink("Confirm new address", mail.Url),
        Closing: [$"The link works once, until {Moment(mail.ExpiresAt)}. The account keeps its present address until you follow it."],
        Why: $"You get this mail because {mail.Recipient} was entered as the new address of an account at {Site}.",
        NotYou: "If that was not you, ignore this mail. Without the link above your address is not used.")
    { Facts = Facts(mail.Occasion), Next = "If you asked for that, confirm it." };

    protected override Letter EmailChangeAsked(AccountMail.EmailChangeAsked mail) => new(
        Subject: $"A new email address for your account at {Site}?",
        Heading: "Your email address is to change",
        Opening: [$"Somebody asked to change the address of your {Site} account from {mail.Recipient} to {mail.NewEmail}. The new address has to be confirmed first; until then nothing changes."],
        Action: new LetterLink("Stop this change", mail.StopUrl),
        Closing: [$"The change can be confirmed or stopped until {Moment(mail.ExpiresAt)}. After that it is off."],
        Why: BelongsTo(mail),
        NotYou: "If that was not you, stop the change and then choose a new password: whoever asked was signed in to your account.")
    { Facts = Facts(mail.Occasion), Next = "If that was you, follow the link in the mail to the new address." };

    protected override Letter EmailChanged(AccountMail.EmailChanged mail) => new(
        Subject: $"Your email address at {Site} was changed",
        Heading: "Your email address was changed",
        Opening:
        [
            $"The address of your {Site} account was changed from {mail.OldEmail} to {mail.NewEmail}.",
            "You sign in with the new address, and mails about your account go there.",
        ],
        Action: new LetterLink("Open your account", mail.AccountUrl),
        Closing: [],
        Why: $"You get this mail at the old and at the new address of an account at {Site}; this one is {mail.Recipient}.",
        NotYou: $"If that was not you, somebody else may be in your account. Tell the people who run {Site} at once.")
    { Facts = Facts(mail.Occasion) };

    protected override Letter FactorChanged(AccountMail.FactorChanged mail)
    {
        var (subject, heading, opening) = mail.Change switch
        {
            FactorChange.AppAdded => (
                $"Authenticator app added to your account at {Site}", "Authenticator app added",
                $"Signing in to your {Site} account {mail.Recipient} now also asks for a code of an authenticator app."),
            FactorChange.AppRemoved => (
                $"Authenticator app removed from your account at {Site}", "Authenticator app removed",
                $"Signing in to your {Site} account {mail.Recipient} asks for no code any more. The recovery codes are void."),
            FactorChange.AppRemovedByAdministrator => (
                $"Authenticator app removed from your account at {Site}", "Authenticator app removed",
                $"The people who run {Site} removed the authenticator app from your account {mail.Recipient}, as one does for somebody who lost it. You were signed out everywhere. Signing in asks for no code until you set up an app again."),
            FactorChange.AppAndPasswordRemovedByAdministrator => (
                $"Authenticator app and password removed from your account at {Site}", "Authenticator app and password removed",
                $"The people who run {Site} removed the authenticator app from your account {mail.Recipient}, as one does for somebody who lost it. Your password was short, as it may be beside an app, and no longer works: choose a longer one. You were signed out everywhere."),
            _ => (
                $"New recovery codes for your account at {Site}", "New recovery codes",
                $"New recovery codes were made for your {Site} account {mail.Recipient}. The former ones are void."),
        };
        return new(
            Subject: subject,
            Heading: heading,
            Opening: [opening],
            Action: new LetterLink("See how your account is secured", mail.SecurityUrl),
            Closing: [],
            Why: BelongsTo(mail),
            NotYou: IsByAdministrator(mail.Change) ? NotAsked : $"If that was not you, somebody else may be in your account. Choose a new password at once, and tell the people who run {Site}.")
        {
            Facts = Facts(mail.Occasion),
            Next = IsByAdministrator(mail.Change) ? null : "If that was you, there is nothing to do.",
            Second = mail.RecoveryUrl is { } recovery ? new LetterLink("Choose a new password:", recovery) : null,
        };
    }

    protected override Letter RecoveryCodeUsed(AccountMail.RecoveryCodeUsed mail) => new(
        Subject: $"A recovery code of your account at {Site} was used",
        Heading: "A recovery code was used",
        Opening:
        [
            $"A recovery code stood in for the authenticator app of your {Site} account {mail.Recipient}.",
            mail.Left switch { 0 => "It was the last one.", 1 => "One is left.", _ => $"{mail.Left} are left." },
        ],
        Action: new LetterLink("Make new recovery codes", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"If that was not you, somebody has your password and your codes. Choose a new password at once, and tell the people who run {Site}.")
    { Facts = Facts(mail.Occasion), Next = "If that was you, there is nothing to do as long as you have codes." };

    protected override Letter IdentityLinked(AccountMail.IdentityLinked mail) => new(
        Subject: $"{mail.Provider} was linked to your account at {Site}",
        Heading: $"{mail.Provider} was linked to your account",
        Opening: [$"An identity at {mail.Provider} can be used to sign in to your {Site} account {mail.Recipient} from now on."],
        Action: new LetterLink("See linked identities", mail.IdentitiesUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"If that was not you, somebody else may be in your account. Unlink the identity and choose a new password at once, and tell the people who run {Site}.")
    { Facts = Facts(mail.Occasion), Next = "If that was you, there is nothing to do." };

    protected override Letter IdentityUnlinked(AccountMail.IdentityUnlinked mail) => new(
        Subject: $"{mail.Provider} was unlinked from your account at {Site}",
        Heading: $"{mail.Provider} was unlinked from your account",
        Opening: [mail.IsByAdministrator
            ? $"The people who run {Site} unlinked your identity at {mail.Provider} from your account {mail.Recipient}. It no longer opens the account, and where you had signed in with it you were signed out."
            : $"Your identity at {mail.Provider} no longer opens your {Site} account {mail.Recipient}."],
        Action: new LetterLink("See linked identities", mail.IdentitiesUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.IsByAdministrator ? NotAsked : $"If that was not you, somebody else may be in your account. Choose a new password at once, and tell the people who run {Site}.")
    { Facts = Facts(mail.Occasion), Next = mail.IsByAdministrator ? null : "If that was you, there is nothing to do." };

    protected override Letter PasskeyAdded(AccountMail.PasskeyAdded mail) => new(
        Subject: $"A passkey was added to your account at {Site}",
        Heading: "A passkey was added",
        Opening: [$"A passkey was added to your {Site} account {mail.Recipient}. Whoever has it can sign in with it, without your password. {Ended(mail.EndedSessions)}".TrimEnd()],
        Action: new LetterLink("See your passkeys", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: "If that was not you, remove the passkey at once, sign out everywhere else, and choose a new password.")
    { Facts = Facts(mail.Occasion), Next = "If that was you, there is nothing to do." };

    protected override Letter PasskeyRemoved(AccountMail.PasskeyRemoved mail) => new(
        Subject: $"A passkey was removed from your account at {Site}",
        Heading: "A passkey was removed",
        Opening: [(mail.IsByAdministrator
            ? $"The people who run {Site} removed a passkey from your account {mail.Recipient}. Nobody can sign in with it any more. {Ended(mail.EndedSessions)}"
            : $"A passkey was removed from your {Site} account {mail.Recipient}. Nobody can sign in with it any more. {Ended(mail.EndedSessions)}").TrimEnd()],
        Action: new LetterLink("See your passkeys", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.IsByAdministrator ? NotAsked : "If that was not you, somebody else may be in your account. Sign out everywhere else and choose a new password at once.")
    { Facts = Facts(mail.Occasion), Next = mail.IsByAdministrator ? null : "If that was you, there is nothing to do." };

    protected override Letter Deactivated(AccountMail.Deactivated mail) => new(
        Subject: $"Your account at {Site} was deactivated",
        Heading: "Your account was deactivated",
        Opening: [$"Your {Site} account {mail.Recipient} was deactivated{Because(mail.IsDomainBlocked)}. You were signed out everywhere, and nobody can sign in to it."],
        Action: new LetterLink($"Go to {Site}", mail.PortalUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"If you think this is a mistake, ask the people who run {Site}. Only they can activate it again.")
    { Facts = Facts(mail.At) };

    protected override Letter Deleted(AccountMail.Deleted mail) => new(
        Subject: $"Your account at {Site} was deleted",
        Heading: "Your account was deleted",
        Opening: [$"The {Site} account of {mail.Recipient} was deleted, with everything that belonged to it. This cannot be undone."],
        Action: new LetterLink($"Go to {Site}", mail.PortalUrl),
        Closing: [],
        Why: $"You get this mail because {mail.Recipient} was the address of this account.",
        NotYou: $"If that was not you, tell the people who run {Site}, and change the password of your mailbox.")
    { Facts = Facts(mail.Occasion) };

    private static string Because(bool? isDomainBlocked) => isDomainBlocked switch
    {
        true => " because addresses of its email domain are not accepted",
        false => " by an administrator",
        null => "",
    };

    private static string Ended(int sessions) => sessions switch
    {
        0 => "",
        1 => "One session was ended by it.",
        _ => $"{sessions} sessions were ended by it.",
    };

    private string BelongsTo(AccountMail mail) => $"You get this mail because {mail.Recipient} belongs to an account at {Site}.";
}
