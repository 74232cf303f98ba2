using Portal.Accounts.Mail;

namespace Portal.Mails;

/// <summary>The words and looks of the mails.</summary>
internal static class MailsModule
{
    public static IServiceCollection AddMails(this IServiceCollection services) =>
        services.AddSingleton<IMailRenderer, RazorMailRenderer>();
}
