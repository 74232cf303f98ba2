using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Accounts.Activity;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Captcha;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Passkeys;
using Portal.Accounts.Passwords;
using Portal.Accounts.Profiles;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Recovery;
using Portal.Accounts.Registration;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Geo;
using Portal.Accounts.SignIn;
using Portal.Accounts.Tokens;
using Portal.Accounts.Transfer;
using Portal.Accounts.Users;

namespace Portal.Accounts;

/// <summary>Everything the portal knows, room by room.</summary>
public static class AccountsModule
{
    /// <summary>
    /// The key under which the portal's own <see cref="IMailRenderer"/> and <see cref="ITokenService"/> stay, for a site's that
    /// does a part itself and hands on the rest. The renderer is there in the server only.
    /// </summary>
    public const string Shipped = "shipped";

    /// <summary>Every section of the settings, with what is bound from it.</summary>
    internal static IReadOnlyList<(string Name, Type Options)> Sections { get; } =
    [
        (AccountsOptions.Section, typeof(AccountsOptions)),
        (DatabaseOptions.Section, typeof(DatabaseOptions)),
        (ExternalProvidersOptions.Section, typeof(IList<ExternalProvidersOptions.Provider>)),
        (GeoOptions.Section, typeof(GeoOptions)),
        (JwtOptions.Section, typeof(JwtOptions)),
        (MailOptions.Section, typeof(MailOptions)),
        (PasswordsOptions.Section, typeof(PasswordsOptions)),
        (PortalOptions.Section, typeof(PortalOptions)),
        (ProfilesOptions.Section, typeof(ProfilesOptions)),
        (RateLimitsOptions.Section, typeof(RateLimitsOptions)),
        (RecaptchaOptions.Section, typeof(RecaptchaOptions)),
        (SessionsOptions.Section, typeof(SessionsOptions)),
    ];

    /// <summary>
    /// Registers the accounts: data, sessions, mail and what people do with them. Options are validated when the host
    /// starts. The host adds an <see cref="IMailRenderer"/> of its own.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The application's settings; decides on the database provider.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PortalOptions>, PortalOptionsValidator>();
        services.AddSingleton<PortalPaths>();
        services.AddHostedService<AccountsWarnings>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<UnknownSettings>(provider, Sections));
        services.AddHostedService<DataFolderWarnings>();
        services.AddKeys();

        // Floor 0
        services.AddData(configuration);
        services.AddEvents();
        services.AddAudit();

        // Floor 1
        services.AddCaptcha(configuration);
        services.AddDomains();
        services.AddMail();
        services.AddPasskeys();
        services.AddPasswords(configuration);
        services.AddRateLimits();
        services.AddSessions(configuration);
        services.AddUsers();

        // Floor 2
        services.AddCredentials();

        // Floor 3
        services.AddSignIn();
        services.AddRegistration();
        services.AddRecovery();
        services.AddProfiles();
        services.AddTokens();
        services.AddAdministration();
        services.AddActivity();
        services.AddTransfer();

        return services;
    }

    /// <summary>The keys that protect cookies, tickets and mails at rest, in the data directory.</summary>
    private static void AddKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Portal");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>()
            .Configure<PortalPaths, Microsoft.Extensions.Logging.ILoggerFactory>((keys, paths, loggers) =>
                keys.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(
                    OwnFolder.Create(paths.InData("keys")), loggers));
    }
}
