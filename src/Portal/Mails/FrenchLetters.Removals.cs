using Portal.Accounts.Mail;

namespace Portal.Mails;

// What somebody else may have left in the account goes.
internal sealed partial class FrenchLetters
{
    protected override Letter WaysInRemoved(AccountMail.WaysInRemoved mail) => new(
        Subject: $"Des moyens de connexion ont été retirés de votre compte sur {Site}",
        Heading: "Des moyens de connexion ont été retirés",
        Opening:
        [
            mail.IsByReport
                ? $"Vous nous avez dit qu’une session de votre compte {mail.Recipient} sur {Site} n’était pas la vôtre. Ce qui a été ajouté depuis le début de cette session n’ouvre plus le compte."
                : $"Un nouveau mot de passe a été choisi pour le compte {mail.Recipient} sur {Site}, par un lien envoyé à cette adresse, que personne n’avait encore confirmée. Ce qui ouvrait aussi le compte appartenait peut-être à quelqu’un d’autre et n’est plus valable.",
            $"Retirés\u00a0: {string.Join(", ", Names(mail.Removed))}.",
        ],
        Action: new LetterLink("Voir la sécurité du compte", mail.SecurityUrl),
        Closing: [],
        Why: BelongsTo(mail),
        NotYou: $"Si ce n’était pas vous, quelqu’un d’autre peut lire vos messages. Changez d’abord le mot de passe de votre boîte mail, puis prévenez l’équipe de {Site}.")
    {
        Facts = Facts(mail.Occasion),
        Next = mail.Removed.HadPassword ? "Choisissez un nouveau mot de passe, puis ajoutez de nouveau ce qui était à vous." : "Si quelque chose de cela était à vous, ajoutez-le de nouveau.",
        Second = mail.RecoveryUrl is { } recovery ? new LetterLink("Choisir un nouveau mot de passe\u00a0:", recovery) : null,
    };

    private static IEnumerable<string> Names(RemovedWaysIn removed) =>
    [
        .. removed.Passkeys switch { 0 => Array.Empty<string>(), 1 => ["une clé d’accès"], _ => [$"{removed.Passkeys} clés d’accès"] },
        .. removed.Providers.Select(provider => $"la connexion avec {provider}"),
        .. removed.HadApp ? new[] { "l’application d’authentification avec ses codes de secours" } : [],
        .. removed.HadCodes ? new[] { "les codes de secours" } : [],
        .. removed.HadPassword ? new[] { "le mot de passe, qui était court, comme il peut l’être avec une application" } : [],
    ];
}
