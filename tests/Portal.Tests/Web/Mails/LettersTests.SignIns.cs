using Portal.Accounts.Mail;
using Portal.Mails;

namespace Portal.Tests.Web.Mails;

public sealed partial class LettersTests
{
    [Theory]
    [InlineData("en", "knows your password", "one of your passkeys", "as you at Example ID")]
    [InlineData("de", "kennt jemand Ihr Passwort", "einen Ihrer Passkeys", "bei Example ID als Sie")]
    [InlineData("fr", "connaît votre mot de passe", "une de vos clés d’accès", "à votre place chez Example ID")]
    public void A_sign_in_in_a_new_browser_says_what_whoever_it_was_has(string language, string password, string passkey, string provider)
    {
        var mail = SampleMails.Of<AccountMail.NewDevice>(language);

        Assert.Contains(password, NotYou(mail), StringComparison.Ordinal);
        Assert.Contains(password, NotYou(mail with { Method = "pwd hwk user mfa" }), StringComparison.Ordinal);
        Assert.Contains(passkey, NotYou(mail with { Method = "hwk user mfa" }), StringComparison.Ordinal);
        Assert.Contains(provider, NotYou(mail with { Method = "pwd", Provider = "Example ID" }), StringComparison.Ordinal);

        static string NotYou(AccountMail.NewDevice mail) => Letters.For(mail, Site).NotYou;
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void What_sets_a_sign_in_apart_is_said(string language)
    {
        var mail = SampleMails.Of<AccountMail.NewDevice>(language);

        Assert.Equal(4, Enum.GetValues<SignInOddity>().Select(oddity => Letters.For(mail with { Oddity = oddity }, Site).Opening[0]).Distinct().Count());
        Assert.Equal([3, 2, 2, 2], Enum.GetValues<SignInOddity>().Select(oddity => Letters.For(mail with { Oddity = oddity }, Site).Closing.Count));
    }
}
