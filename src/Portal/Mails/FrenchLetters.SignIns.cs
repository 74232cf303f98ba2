using Portal.Accounts.Mail;

namespace Portal.Mails;

// Somebody signs in.
internal sealed partial class FrenchLetters
{
    protected override Letter NewDevice(AccountMail.NewDevice mail) => new(
        Subject: $"Nouvelle connexion à votre compte sur {Site}",
        Heading: "Nouvelle connexion à votre compte",
        Opening:
        [
            mail.Oddity switch
            {
                SignInOddity.Country => $"Quelqu’un s’est connecté à votre compte {Site} depuis un pays d’où il n’avait pas été utilisé récemment.",
                SignInOddity.LongWhile => $"Quelqu’un s’est connecté à votre compte {Site}, pour la première fois depuis plus de trois mois.",
                SignInOddity.Failures => $"Quelqu’un s’est connecté à votre compte {Site} après plusieurs tentatives infructueuses.",
                _ => $"Quelqu’un s’est connecté à votre compte {Site} avec un navigateur qui n’avait pas encore servi pour ce compte.",
            },
        ],
        Action: new LetterLink("Ce n’était pas moi", mail.NotMeUrl),
        Closing:
        [
            $"Le lien montre la session et y met fin en un clic. Il fonctionne une seule fois, jusqu’au {Moment(mail.ExpiresAt)}.",
            .. mail.Oddity is SignInOddity.Browser ? ["Un navigateur dont les cookies ont été effacés compte aussi comme nouveau."] : (string[])[],
            .. mail.Occasion.Country is null ? (string[])[] : ["Le lieu est une estimation."],
        ],
        Why: BelongsTo(mail),
        NotYou: mail.Provider is { } provider
            ? $"Si ce n’était pas vous, quelqu’un peut se connecter à votre place chez {provider}. Mettez fin à la session par le lien ci-dessus, puis changez votre mot de passe chez {provider}."
            : IsByPasskey(mail)
                ? "Si ce n’était pas vous, quelqu’un a une de vos clés d’accès, ou l’appareil qui la conserve. Mettez fin à la session par le lien ci-dessus, puis supprimez cette clé d’accès de votre compte."
                : "Si ce n’était pas vous, quelqu’un connaît votre mot de passe. Mettez fin à la session par le lien ci-dessus, puis choisissez un nouveau mot de passe.")
    { Facts = Facts(mail.Occasion), Next = "Si c’était vous, il n’y a rien à faire." };
}
