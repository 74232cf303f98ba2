using Portal.Accounts.Mail;

namespace Portal.Tests.Web.Mails;

/// <summary>One mail of every kind.</summary>
internal static class SampleMails
{
    public static IReadOnlyList<AccountMail> All(string? name = "Ana") =>
    [
        new AccountMail.ConfirmEmail("ana@example.org", 7, name, "https://portal.example/confirm-email#user=7&token=c2VjcmV0", new DateTimeOffset(2026, 11, 23, 20, 30, 0, TimeSpan.FromHours(2))),
        new AccountMail.AlreadyRegistered("ana@example.org", 7, name, "https://portal.example/login", "https://portal.example/forgot-password"),
    ];
}
