using Portal.Accounts.Mail;

namespace Portal.Mails;

// An address comes back.
internal sealed partial class FrenchLetters
{
    protected override Letter EmailReturned(AccountMail.EmailReturned mail) => new(
        Subject: $"Un compte sur {Site} a retrouvé son ancienne adresse e-mail",
        Heading: "L’ancienne adresse est de retour",
        Opening:
        [
            $"La personne à qui appartient le compte nous a dit que le changement d’adresse en {mail.OldEmail} ne venait pas d’elle. Le compte sur {Site} a de nouveau l’adresse {mail.NewEmail}.",
            "Connectez-vous avec elle et choisissez un nouveau mot de passe si ce n’est pas déjà fait\u00a0: les messages sur le compte y sont envoyés.",
        ],
        Action: new LetterLink("Ouvrir votre compte", mail.AccountUrl),
        Closing: [],
        Why: $"Vous recevez ce message aux deux adresses que le compte a eues\u00a0; celle-ci est {mail.Recipient}.",
        NotYou: $"Si vous n’avez rien dit de tel, prévenez tout de suite l’équipe de {Site}.")
    { Facts = Facts(mail.Occasion) };
}
