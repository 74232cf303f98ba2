using System.Globalization;
using Portal.Accounts.Mail;

namespace Portal.Mails;

/// <summary>What each mail says. Plain words, never markup: encoding is the business of who writes them down.</summary>
internal static class Letters
{
    public static Letter For(AccountMail mail, string site) => mail switch
    {
        AccountMail.ConfirmEmail confirm => ConfirmEmail(confirm, site),
        AccountMail.AlreadyRegistered registered => AlreadyRegistered(registered, site),
        AccountMail.ResetPassword reset => ResetPassword(reset, site),
        AccountMail.PasswordChanged changed => PasswordChanged(changed, site),
        _ => throw new NotSupportedException($"There is no letter for {mail.GetType().Name}."),
    };

    private static Letter ConfirmEmail(AccountMail.ConfirmEmail mail, string site) => new(
        Subject: $"Confirm your email address for {site}",
        Heading: "Confirm your email address",
        Greeting: Greeting(mail),
        Opening: [$"Confirm that {mail.Recipient} is your address, and your {site} account is ready to use."],
        Action: new LetterLink("Confirm email address", mail.Url),
        Closing: [$"The link works once, until {Moment(mail.ExpiresAt)}. After that, its page offers you a new one."],
        Second: null,
        Why: $"You get this mail because {mail.Recipient} was entered to create an account at {site}.",
        NotYou: "If that was not you, ignore this mail. Without the link above nobody can confirm your address.");

    private static Letter AlreadyRegistered(AccountMail.AlreadyRegistered mail, string site) => new(
        Subject: $"You already have an account at {site}",
        Heading: "You already have an account",
        Greeting: Greeting(mail),
        Opening:
        [
            $"Somebody tried to create an account at {site} with {mail.Recipient}. The address already has one, so no new account was made.",
            "If that was you, just sign in.",
        ],
        Action: new LetterLink("Sign in", mail.SignInUrl),
        Closing: [],
        Second: mail.RecoveryUrl is { } recovery ? new LetterLink("Forgotten your password? Choose a new one:", recovery) : null,
        Why: $"You get this mail because {mail.Recipient} belongs to an account at {site}.",
        NotYou: "If that was not you, there is nothing to do. Your account has not changed, and whoever tried was not told that it exists.");

    private static Letter ResetPassword(AccountMail.ResetPassword mail, string site) => new(
        Subject: $"Choose a new password for {site}",
        Heading: "Choose a new password",
        Greeting: Greeting(mail),
        Opening: ["Somebody asked for a link to choose a new password for your account. If that was you, follow it."],
        Action: new LetterLink("Choose a new password", mail.Url),
        Closing: [$"The link works once, until {Moment(mail.ExpiresAt)}. After that, its page offers you a new one."],
        Second: null,
        Why: $"You get this mail because {mail.Recipient} belongs to an account at {site}.",
        NotYou: "If that was not you, ignore this mail. Without the link above nobody can change your password.");

    private static Letter PasswordChanged(AccountMail.PasswordChanged mail, string site) => new(
        Subject: $"Your password at {site} was changed",
        Heading: "Your password was changed",
        Greeting: Greeting(mail),
        Opening: [$"The password of your account was changed on {Moment(mail.Occasion.At)}."],
        Action: new LetterLink("That was not me", mail.RecoveryUrl ?? ""),
        Closing: [],
        Second: null,
        Why: $"You get this mail because {mail.Recipient} belongs to an account at {site}.",
        NotYou: "If that was you, there is nothing to do.");

    private static string Greeting(AccountMail mail) => mail.GreetingName is { } name ? $"Hello {name}," : "Hello,";

    // The reader's zone is not known here, so the zone is part of the time.
    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
