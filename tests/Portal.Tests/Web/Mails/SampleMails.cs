using Portal.Accounts.Mail;

namespace Portal.Tests.Web.Mails;

/// <summary>One mail of every kind that is written down; links, numbers and addresses all differ.</summary>
internal static class SampleMails
{
    public const string Recipient = "ana@example.org";

    /// <summary>On the other side of midnight in Zurich.</summary>
    public static readonly DateTimeOffset At = new(2026, 11, 23, 23, 5, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset ExpiresAt = new(2026, 11, 23, 20, 30, 0, TimeSpan.FromHours(2));

    private static readonly MailOccasion Occasion = new(At, "Firefox on Linux", "CH", "203.0.113.7");

    public static IReadOnlyList<AccountMail> All(string? name = "Ana", string? language = null, string? zone = null) =>
    [
        .. new AccountMail[]
        {
            new AccountMail.ConfirmEmail(Recipient, 7, name, Url("confirm-email?user=7&token=c2VjcmV0"), ExpiresAt, Occasion),
            new AccountMail.AlreadyRegistered(Recipient, 7, name, Url("login"), Url("forgot-password"), Occasion),
            new AccountMail.Welcome(Recipient, 7, name, Url("login"), Occasion),
            new AccountMail.Invitation(Recipient, 7, name, Url("invitation?user=7&token=c2VjcmV0"), ExpiresAt),
            new AccountMail.ResetPassword(Recipient, 7, name, Url("reset-password?user=7&token=c2VjcmV0"), ExpiresAt, Occasion),
            new AccountMail.PasswordChanged(Recipient, 7, name, 3, Url("forgot-password"), Occasion),
            new AccountMail.ConfirmNewEmail(Recipient, 7, name, Url("change-email?user=7&token=c2VjcmV0"), ExpiresAt, Occasion),
            new AccountMail.EmailChangeAsked(Recipient, 7, name, "new@example.org", Url("stop-email-change?user=7&token=c2VjcmV0"), ExpiresAt, Occasion),
            new AccountMail.EmailChanged(Recipient, 7, name, "old@example.org", "new@example.org", Url("account"), Occasion),
            new AccountMail.EmailReturned(Recipient, 7, name, "new@example.org", "old@example.org", Url("account"), Occasion),
            new AccountMail.NewDevice(Recipient, 7, name, Url("not-me?user=7&token=c2VjcmV0"), ExpiresAt, Occasion),
            new AccountMail.FactorChanged(Recipient, 7, name, FactorChange.AppAdded, Url("forgot-password"), Url("account/security"), Occasion),
            new AccountMail.RecoveryCodeUsed(Recipient, 7, name, 3, Url("account/security"), Occasion),
            new AccountMail.CodesGuessed(Recipient, 7, name, Url("forgot-password"), Occasion),
            new AccountMail.PasswordGuessed(Recipient, 7, name, Url("login"), Url("forgot-password"), Occasion),
            new AccountMail.IdentityLinked(Recipient, 7, name, "Example ID", Url("account/identities"), Occasion),
            new AccountMail.IdentityUnlinked(Recipient, 7, name, "Example ID", Url("account/identities"), Occasion),
            new AccountMail.PasskeyAdded(Recipient, 7, name, 2, Url("account/security"), Occasion),
            new AccountMail.PasskeyRemoved(Recipient, 7, name, 4, Url("account/security"), Occasion),
            new AccountMail.WaysInRemoved(
                Recipient, 7, name, new RemovedWaysIn(5, ["Example ID"], HadApp: true, HadCodes: false, HadPassword: true), IsByReport: true, Url("forgot-password"), Url("account/security"), Occasion),
            new AccountMail.Deactivated(Recipient, 7, name, Url(""), At, IsDomainBlocked: false),
            new AccountMail.Deleted(Recipient, name, Url(""), Occasion),
        }.Select(mail => mail with { Culture = language, TimeZone = zone }),
    ];

    public static T Of<T>(string? language = null, string? zone = null)
        where T : AccountMail => All(language: language, zone: zone).OfType<T>().Single();

    private static string Url(string path) => $"https://portal.example/{path}";
}
