using Portal.Accounts.Mail;

namespace Portal.Mails;

/// <summary>The letters in French. Two-part signs have the no-break space before them that French wants.</summary>
internal sealed partial class FrenchLetters(string site, TimeZoneInfo? zone) : Letters(site, zone)
{
    protected override LetterWords Words { get; } = new()
    {
        Language = "fr",
        Hello = "Bonjour,",
        HelloName = "Bonjour {0},",
        CopyHint = "Ou copiez cette adresse dans votre navigateur\u00a0:",
        Colon = "\u00a0:",
        Moment = "d MMMM yyyy 'à' HH:mm",
        MomentOnTheFirst = "'1er' MMMM yyyy 'à' HH:mm",
        When = "Date",
        Device = "Appareil",
        Place = "Lieu",
        Address = "Adresse IP",
        On = "sous",
        UnknownBrowser = "Navigateur inconnu",
        UnknownSystem = "un système inconnu",
    };

    private string NotAsked => $"Si vous ne l’avez pas demandé, prévenez tout de suite l’équipe de {Site}.";

    protected override Letter ConfirmEmail(AccountMail.ConfirmEmail mail) => new(
        Subject: $"Confirmez votre adresse e-mail pour {Site}",
        Heading: "Confirmez votre adresse e-mail",
        Opening:
        [
            mail.IsReplacement
                ? $"L’équipe de {Site} a enregistré {mail.Recipient} comme adresse de votre compte. Confirmez que c’est la vôtre\u00a0; il le faut peut-être avant de pouvoir vous reconnecter."
                : $"Confirmez que {mail.Recipient} est bien votre adresse, et votre compte {Site} sera prêt.",
            .. mail.Occasion is null ? [] : new[] { "Voici comment le compte a été créé\u00a0:" },
        ],
        Action: new LetterLink("Confirmer l’adresse e-mail", mail.Url),
        Closing: [$"Le lien fonctionne une seule fois, jusqu’au {Moment(mail.ExpiresAt)}. Ensuite, sa page vous en propose un nouveau."],
        Why: mail.IsReplacement
            ? $"Vous recevez ce message parce que l’adresse {mail.Recipient} a été saisie comme nouvelle adresse d’un compte sur {Site}."
            : $"Vous recevez ce message parce que l’adresse {mail.Recipient} a été saisie pour créer un compte sur {Site}.",
        NotYou: "Si ce n’était pas vous, ne faites rien. Sans le lien ci-dessus, personne ne peut confirmer votre adresse.")
    { Facts = Facts(mail.Occasion) };

    protected override Letter AlreadyRegistered(AccountMail.AlreadyRegistered mail) => new(
        Subject: mail.IsReplacement ? $"Votre adresse reste celle de votre compte sur {Site}" : $"Vous avez déjà un compte sur {Site}",
        Heading: mail.IsReplacement ? "Votre adresse reste celle de votre compte" : "Vous avez déjà un compte",
        Opening: [mail.IsReplacement ? $"Quelqu’un a demandé à faire de {mail.Recipient} l’adresse d’un autre compte sur {Site}. Elle est celle du vôtre, l’autre compte ne l’obtient donc pas." : $"Quelqu’un a essayé de créer un compte sur {Site} avec l’adresse {mail.Recipient}. Elle en a déjà un, aucun nouveau compte n’a donc été créé."],
        Action: new LetterLink("Se connecter", mail.SignInUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: "Si ce n’était pas vous, ne faites rien. Votre compte n’a pas changé, et la personne qui a essayé n’a pas appris qu’il existe.")
    {
        Facts = Facts(mail.Occasion),
        Next = mail.IsReplacement ? "Si c’était vous, connectez-vous au compte qui a cette adresse. Il peut la céder\u00a0; l’autre pourra alors l’obtenir." : "Si c’était vous, il suffit de vous connecter.",
        Second = mail.RecoveryUrl is { } recovery ? new LetterLink("Mot de passe oublié\u00a0? Choisissez-en un nouveau\u00a0:", recovery) : null,
    };

    protected override Letter Welcome(AccountMail.Welcome mail) => new(
        Subject: $"Votre compte sur {Site} est prêt",
        Heading: $"Bienvenue sur {Site}",
        Opening:
        [
            $"L’adresse {mail.Recipient} est confirmée, et votre compte est prêt.",
            .. mail.Occasion is null ? [] : new[] { "Voici comment elle a été confirmée\u00a0:" },
        ],
        Action: new LetterLink("Se connecter", mail.SignInUrl),
        Closing: ["Votre compte montre où vous avez une session ouverte\u00a0; vous pouvez mettre fin à chacune à tout moment."],
        Why: $"Vous recevez ce message parce que l’adresse {mail.Recipient} a été confirmée pour un compte sur {Site}.",
        NotYou: $"Si ce n’était pas vous, quelqu’un d’autre peut lire vos messages. Changez d’abord le mot de passe de votre boîte mail, puis prévenez l’équipe de {Site}.")
    { Facts = Facts(mail.Occasion) };

    protected override Letter Invitation(AccountMail.Invitation mail) => new(
        Subject: $"Votre invitation à {Site}",
        Heading: $"Bienvenue sur {Site}",
        Opening: [$"L’équipe de {Site} a créé un compte pour {mail.Recipient}. Choisissez un mot de passe, et il est à vous."],
        Action: new LetterLink("Choisir un mot de passe", mail.Url),
        Closing: [$"Le lien fonctionne une seule fois, jusqu’au {Moment(mail.ExpiresAt)}. Vous seul connaîtrez ce mot de passe."],
        Why: $"Vous recevez ce message parce qu’un compte a été créé sur {Site} avec l’adresse {mail.Recipient}.",
        NotYou: "Si vous n’en voulez pas, ne faites rien. Sans le lien ci-dessus, personne ne peut utiliser ce compte.");

    protected override Letter ResetPassword(AccountMail.ResetPassword mail) => new(
        Subject: $"Choisissez un nouveau mot de passe pour {Site}",
        Heading: "Choisissez un nouveau mot de passe",
        Opening: [mail.IsByAdministrator
            ? $"L’équipe de {Site} vous envoie ce lien pour que vous puissiez choisir un nouveau mot de passe pour votre compte {mail.Recipient}."
            : $"Quelqu’un a demandé un nouveau mot de passe pour le compte {mail.Recipient} sur {Site}."],
        Action: new LetterLink("Choisir un nouveau mot de passe", mail.Url),
        Closing: [$"Le lien fonctionne une seule fois, jusqu’au {Moment(mail.ExpiresAt)}. Le nouveau mot de passe met fin à toutes les sessions du compte\u00a0; il sert ensuite à vous connecter."],
        Why: $"Vous recevez ce message parce qu’un nouveau mot de passe a été demandé avec l’adresse {mail.Recipient}.",
        NotYou: mail.IsByAdministrator
            ? "Si vous ne l’attendiez pas, ne faites rien. Votre mot de passe n’a pas changé, et sans le lien ci-dessus personne ne peut le changer."
            : "Si ce n’était pas vous, ne faites rien. Votre mot de passe n’a pas changé, et sans le lien ci-dessus personne ne peut le changer.")
    {
        Facts = Facts(mail.Occasion),
        Next = mail.IsByAdministrator ? "Tant que vous n’en choisissez pas, l’actuel reste valable." : "Si c’était vous, choisissez-le maintenant. D’ici là, l’actuel reste valable.",
    };

    protected override Letter PasswordChanged(AccountMail.PasswordChanged mail) => new(
        Subject: $"Votre mot de passe sur {Site} a été changé",
        Heading: "Votre mot de passe a été changé",
        Opening: [$"Le mot de passe de votre compte {mail.Recipient} sur {Site} a été changé. {Ended(mail.EndedSessions)}".TrimEnd()],
        Action: mail.RecoveryUrl is { } recovery ? new LetterLink("Choisir un nouveau mot de passe", recovery) : null,
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.RecoveryUrl is null
            ? $"Si ce n’était pas vous, quelqu’un d’autre utilise peut-être votre compte. Prévenez tout de suite l’équipe de {Site}."
            : $"Si ce n’était pas vous, quelqu’un d’autre utilise peut-être votre compte. Choisissez tout de suite un nouveau mot de passe et prévenez l’équipe de {Site}.")
    { Facts = Facts(mail.Occasion), Next = "Si c’était vous, il n’y a rien à faire." + (mail.RecoveryUrl is null ? "" : " Sinon, agissez tout de suite\u00a0:") };

    protected override Letter ConfirmNewEmail(AccountMail.ConfirmNewEmail mail) => new(
        Subject: $"Confirmez votre nouvelle adresse e-mail pour {Site}",
        Heading: "Confirmez votre nouvelle adresse e-mail",
        Opening: [$"L’adresse {mail.Recipient} doit devenir celle d’un compte sur {Site}."],
        Action: new LetterLink("Confirmer la nouvelle adresse", mail.Url),
        Closing: [$"Le lien fonctionne une seule fois, jusqu’au {Moment(mail.ExpiresAt)}. Tant que vous ne le suivez pas, le compte garde son adresse actuelle."],
        Why: $"Vous recevez ce message parce que l’adresse {mail.Recipient} a été saisie comme nouvelle adresse d’un compte sur {Site}.",
        NotYou: "Si ce n’était pas vous, ne faites rien. Sans le lien ci-dessus, votre adresse n’est pas utilisée.")
    { Facts = Facts(mail.Occasion), Next = "Si vous l’avez demandé, confirmez-le." };

    protected override Letter EmailChangeAsked(AccountMail.EmailChangeAsked mail) => new(
        Subject: $"Une nouvelle adresse e-mail pour votre compte sur {Site}\u00a0?",
        Heading: "Votre adresse e-mail doit changer",
        Opening: [$"Quelqu’un a demandé de remplacer l’adresse {mail.Recipient} de votre compte {Site} par {mail.NewEmail}. La nouvelle adresse doit d’abord être confirmée\u00a0; d’ici là, rien ne change."],
        Action: new LetterLink("Empêcher ce changement", mail.StopUrl),
        Closing: [$"Le changement peut être confirmé ou empêché jusqu’au {Moment(mail.ExpiresAt)}. Ensuite, il est abandonné."],
        Why: BelongsTo(mail),
        NotYou: "Si ce n’était pas vous, empêchez le changement, puis choisissez un nouveau mot de passe\u00a0: la personne qui l’a demandé était connectée à votre compte.")
    { Facts = Facts(mail.Occasion), Next = "Si c’était vous, suivez le lien du message envoyé à la nouvelle adresse." };

    protected override Letter EmailChanged(AccountMail.EmailChanged mail) => new(
        Subject: $"Votre adresse e-mail sur {Site} a été changée",
        Heading: "Votre adresse e-mail a été changée",
        Opening:
        [
            $"L’adresse de votre compte {Site} a été changée de {mail.OldEmail} en {mail.NewEmail}.",
            "Vous vous connectez avec la nouvelle adresse, et les messages sur votre compte y sont envoyés.",
        ],
        Action: new LetterLink("Ouvrir votre compte", mail.AccountUrl),
        Closing: [],
        Why: $"Vous recevez ce message à l’ancienne et à la nouvelle adresse d’un compte sur {Site}\u00a0; celle-ci est {mail.Recipient}.",
        NotYou: $"Si ce n’était pas vous, quelqu’un d’autre utilise peut-être votre compte. Prévenez tout de suite l’équipe de {Site}.")
    { Facts = Facts(mail.Occasion) };

    protected override Letter FactorChanged(AccountMail.FactorChanged mail)
    {
        var (subject, heading, opening) = mail.Change switch
        {
            FactorChange.AppAdded => (
                $"Application d’authentification ajoutée à votre compte sur {Site}", "Application d’authentification ajoutée",
                $"La connexion à votre compte {mail.Recipient} sur {Site} demande désormais aussi un code d’une application d’authentification."),
            FactorChange.AppRemoved => (
                $"Application d’authentification retirée de votre compte sur {Site}", "Application d’authentification retirée",
                $"La connexion à votre compte {mail.Recipient} sur {Site} ne demande plus de code. Les codes de secours ne sont plus valables."),
            FactorChange.AppRemovedByAdministrator => (
                $"Application d’authentification retirée de votre compte sur {Site}", "Application d’authentification retirée",
                $"L’équipe de {Site} a retiré l’application d’authentification de votre compte {mail.Recipient}, comme on le fait pour qui l’a perdue. Vous avez été déconnecté partout. La connexion ne demande pas de code jusqu’à ce que vous en ajoutiez une autre."),
            FactorChange.AppAndPasswordRemovedByAdministrator => (
                $"Application d’authentification et mot de passe retirés de votre compte sur {Site}", "Application d’authentification et mot de passe retirés",
                $"L’équipe de {Site} a retiré l’application d’authentification de votre compte {mail.Recipient}, comme on le fait pour qui l’a perdue. Votre mot de passe était court, comme il peut l’être avec une application, et n’est plus valable\u00a0: choisissez-en un plus long. Vous avez été déconnecté partout."),
            _ => (
                $"Nouveaux codes de secours pour votre compte sur {Site}", "Nouveaux codes de secours",
                $"De nouveaux codes de secours ont été créés pour votre compte {mail.Recipient} sur {Site}. Les anciens ne sont plus valables."),
        };
        return new(
            Subject: subject,
            Heading: heading,
            Opening: [opening],
            Action: new LetterLink("Voir la sécurité du compte", mail.SecurityUrl),
            Closing: [],
            Why: BelongsTo(mail),
            NotYou: IsByAdministrator(mail.Change) ? NotAsked : $"Si ce n’était pas vous, quelqu’un d’autre utilise peut-être votre compte. Choisissez tout de suite un nouveau mot de passe et prévenez l’équipe de {Site}.")
        {
            Facts = Facts(mail.Occasion),
            Next = IsByAdministrator(mail.Change) ? null : "Si c’était vous, il n’y a rien à faire.",
            Second = mail.RecoveryUrl is { } recovery ? new LetterLink("Choisir un nouveau mot de passe :", recovery) : null,
        };
    }

    protected override Letter RecoveryCodeUsed(AccountMail.RecoveryCodeUsed mail) => new(
        Subject: $"Un code de secours de votre compte sur {Site} a été utilisé",
        Heading: "Un code de secours a été utilisé",
        Opening:
        [
            $"Un code de secours a remplacé l’application d’authentification de votre compte {mail.Recipient} sur {Site}.",
            mail.Left switch { 0 => "C’était le dernier.", 1 => "Il en reste un.", _ => $"Il en reste {mail.Left}." },
        ],
        Action: new LetterLink("Créer de nouveaux codes de secours", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"Si ce n’était pas vous, quelqu’un a votre mot de passe et vos codes. Choisissez tout de suite un nouveau mot de passe et prévenez l’équipe de {Site}.")
    { Facts = Facts(mail.Occasion), Next = "Si c’était vous, il n’y a rien à faire tant qu’il vous reste des codes." };

    protected override Letter IdentityLinked(AccountMail.IdentityLinked mail) => new(
        Subject: $"{mail.Provider} a été associé à votre compte sur {Site}",
        Heading: $"{mail.Provider} a été associé à votre compte",
        Opening: [$"Une identité chez {mail.Provider} permet désormais de se connecter à votre compte {mail.Recipient} sur {Site}."],
        Action: new LetterLink("Voir les identités associées", mail.IdentitiesUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"Si ce n’était pas vous, quelqu’un d’autre utilise peut-être votre compte. Dissociez cette identité, choisissez tout de suite un nouveau mot de passe et prévenez l’équipe de {Site}.")
    { Facts = Facts(mail.Occasion), Next = "Si c’était vous, il n’y a rien à faire." };

    protected override Letter IdentityUnlinked(AccountMail.IdentityUnlinked mail) => new(
        Subject: $"{mail.Provider} a été dissocié de votre compte sur {Site}",
        Heading: $"{mail.Provider} a été dissocié de votre compte",
        Opening: [mail.IsByAdministrator
            ? $"L’équipe de {Site} a dissocié votre identité chez {mail.Provider} de votre compte {mail.Recipient}. Elle ne permet plus de se connecter, et vous avez été déconnecté là où vous l’aviez utilisée."
            : $"Votre identité chez {mail.Provider} ne permet plus de se connecter à votre compte {mail.Recipient} sur {Site}."],
        Action: new LetterLink("Voir les identités associées", mail.IdentitiesUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.IsByAdministrator ? NotAsked : $"Si ce n’était pas vous, quelqu’un d’autre utilise peut-être votre compte. Choisissez tout de suite un nouveau mot de passe et prévenez l’équipe de {Site}.")
    { Facts = Facts(mail.Occasion), Next = mail.IsByAdministrator ? null : "Si c’était vous, il n’y a rien à faire." };

    protected override Letter PasskeyAdded(AccountMail.PasskeyAdded mail) => new(
        Subject: $"Une clé d’accès a été ajoutée à votre compte sur {Site}",
        Heading: "Une clé d’accès a été ajoutée",
        Opening: [$"Une clé d’accès a été ajoutée à votre compte {mail.Recipient} sur {Site}. La personne qui la possède peut se connecter avec elle, sans votre mot de passe. {Ended(mail.EndedSessions)}".TrimEnd()],
        Action: new LetterLink("Voir vos clés d’accès", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: "Si ce n’était pas vous, supprimez tout de suite la clé d’accès, déconnectez-vous partout ailleurs, puis choisissez un nouveau mot de passe.")
    { Facts = Facts(mail.Occasion), Next = "Si c’était vous, il n’y a rien à faire." };

    protected override Letter PasskeyRemoved(AccountMail.PasskeyRemoved mail) => new(
        Subject: $"Une clé d’accès a été supprimée de votre compte sur {Site}",
        Heading: "Une clé d’accès a été supprimée",
        Opening: [(mail.IsByAdministrator
            ? $"L’équipe de {Site} a supprimé une clé d’accès de votre compte {mail.Recipient}. Plus personne ne peut se connecter avec elle. {Ended(mail.EndedSessions)}"
            : $"Une clé d’accès a été supprimée de votre compte {mail.Recipient} sur {Site}. Plus personne ne peut se connecter avec elle. {Ended(mail.EndedSessions)}").TrimEnd()],
        Action: new LetterLink("Voir vos clés d’accès", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.IsByAdministrator ? NotAsked : "Si ce n’était pas vous, quelqu’un d’autre utilise peut-être votre compte. Déconnectez-vous tout de suite partout ailleurs, puis choisissez un nouveau mot de passe.")
    { Facts = Facts(mail.Occasion), Next = mail.IsByAdministrator ? null : "Si c’était vous, il n’y a rien à faire." };

    protected override Letter Deactivated(AccountMail.Deactivated mail) => new(
        Subject: $"Votre compte sur {Site} a été désactivé",
        Heading: "Votre compte a été désactivé",
        Opening: [$"Votre compte {mail.Recipient} sur {Site} a été désactivé{Because(mail.IsDomainBlocked)}. Toutes ses sessions ont été fermées, et plus personne ne peut s’y connecter."],
        Action: new LetterLink($"Aller sur {Site}", mail.PortalUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"Si vous pensez que c’est une erreur, adressez-vous à l’équipe de {Site}. Elle seule peut le réactiver.")
    { Facts = Facts(mail.At) };

    protected override Letter Deleted(AccountMail.Deleted mail) => new(
        Subject: $"Votre compte sur {Site} a été supprimé",
        Heading: "Votre compte a été supprimé",
        Opening: [$"Le compte {mail.Recipient} sur {Site} a été supprimé, avec tout ce qui lui appartenait. Cela ne peut pas être annulé."],
        Action: new LetterLink($"Aller sur {Site}", mail.PortalUrl),
        Closing: [],
        Why: $"Vous recevez ce message parce que {mail.Recipient} était l’adresse de ce compte.",
        NotYou: $"Si ce n’était pas vous, prévenez l’équipe de {Site} et changez le mot de passe de votre boîte mail.")
    { Facts = Facts(mail.Occasion) };

    private static string Because(bool? isDomainBlocked) => isDomainBlocked switch
    {
        true => " parce que les adresses de son domaine de messagerie ne sont pas acceptées",
        false => " par l’administration",
        null => "",
    };

    private static string Ended(int sessions) => sessions switch
    {
        0 => "",
        1 => "Cela a mis fin à une session.",
        _ => $"Cela a mis fin à {sessions} sessions.",
    };

    private string BelongsTo(AccountMail mail) => $"Vous recevez ce message parce que l’adresse {mail.Recipient} appartient à un compte sur {Site}.";
}
