using Portal.Accounts.Mail;

namespace Portal.Mails;

// Somebody guesses.
internal sealed partial class FrenchLetters
{
    protected override Letter CodesGuessed(AccountMail.CodesGuessed mail) => new(
        Subject: $"Quelqu’un connaît peut-être votre mot de passe sur {Site}",
        Heading: "Quelqu’un connaît peut-être votre mot de passe",
        Opening: [$"Quelqu’un a saisi le bon mot de passe de votre compte {mail.Recipient} sur {Site}, puis plusieurs codes faux. La connexion a échoué, et il faut attendre avant un nouvel essai."],
        Action: mail.RecoveryUrl is { } recovery ? new LetterLink("Choisir un nouveau mot de passe", recovery) : null,
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.RecoveryUrl is null
            ? $"Si ce n’était pas vous, prévenez tout de suite l’équipe de {Site}."
            : "Si ce n’était pas vous, choisissez maintenant un nouveau mot de passe. L’application d’authentification a empêché l’accès jusqu’ici.")
    { Facts = Facts(mail.Occasion), Next = "Si c’était vous, vérifiez l’heure de l’appareil où se trouve l’application et réessayez plus tard." };

    protected override Letter PasswordGuessed(AccountMail.PasswordGuessed mail) => new(
        Subject: $"Quelqu’un essaie de deviner votre mot de passe sur {Site}",
        Heading: "Quelqu’un essaie de deviner votre mot de passe",
        Opening:
        [
            $"Cent mots de passe faux ont été saisis de suite pour votre compte {mail.Recipient} sur {Site}. Personne n’a pu se connecter.",
            "Pour que cela reste ainsi, le mot de passe n’est plus accepté dans les navigateurs où vous ne vous êtes jamais connecté. Dans vos propres navigateurs, et avec une clé d’accès, vous vous connectez comme avant ; le faire avec votre mot de passe lève cette mesure, tout comme un nouveau mot de passe.",
        ],
        Action: mail.RecoveryUrl is { } recovery ? new LetterLink("Choisir un nouveau mot de passe", recovery) : new LetterLink("Se connecter", mail.SignInUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: mail.RecoveryUrl is null
            ? $"Si vous ne pouvez vous connecter nulle part, écrivez à l’équipe de {Site}."
            : "Si ce n’était pas vous, votre mot de passe a tenu. Choisissez-en un nouveau si vous l’utilisez ailleurs ou si quelqu’un peut le connaître.")
    { Facts = Facts(mail.Occasion), Next = "Si c’était vous et que vous l’avez oublié, choisissez un nouveau mot de passe." };
}
