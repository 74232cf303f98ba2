using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Accounts;
using Portal.Accounts.Mail;

namespace Portal.Mails;

/// <summary>The words and looks of the mails.</summary>
internal static class MailsModule
{
    /// <summary>A renderer that a site registered before stays the one that is asked.</summary>
    public static IServiceCollection AddMails(this IServiceCollection services)
    {
        services.AddKeyedSingleton<IMailRenderer, RazorMailRenderer>(AccountsModule.Shipped);
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IMailRenderer>(AccountsModule.Shipped));
        return services;
    }
}
