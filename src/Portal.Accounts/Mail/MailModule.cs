using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Mail;

/// <summary>The outbox, its sender and the way out. Needs data protection and an <see cref="IMailRenderer"/> from the application.</summary>
internal static class MailModule
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddSingleton<IPickupFolder, PickupFolder>();
        services.TryAddSingleton<IAccountMailer>(provider =>
            provider.GetRequiredService<IOptions<MailOptions>>().Value.Transport is MailTransport.Smtp
                ? ActivatorUtilities.CreateInstance<SmtpMailer>(provider)
                : ActivatorUtilities.CreateInstance<PickupMailer>(provider));
        services.AddSingleton<MailComposer>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<MailSender>();
        services.AddHostedService(provider => provider.GetRequiredService<MailSender>());
        return services;
    }
}
