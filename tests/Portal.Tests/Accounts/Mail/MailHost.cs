using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Accounts;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

/// <summary>One process of the portal, as far as mails go: the real rooms on a real database, and a renderer without Razor.</summary>
internal sealed class MailHost : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private MailHost(ServiceProvider services) => this.services = services;

    public RecordedLog Log { get; private init; } = new();

    public MailSender Sender => services.GetRequiredService<MailSender>();

    public Outbox Outbox => services.GetRequiredService<Outbox>();

    public IAccountMailer Mailer => services.GetRequiredService<IAccountMailer>();

    public MailComposer Composer => services.GetRequiredService<MailComposer>();

    public PortalDbContext OpenContext() => services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext();

    public async Task<List<OutboxMail>> RowsAsync()
    {
        await using var context = OpenContext();
        return await context.OutboxMails.AsNoTracking().OrderBy(mail => mail.Id).ToListAsync();
    }

    /// <summary>Promises mails in one transaction and commits it.</summary>
    public async Task PromiseAsync(params AccountMail[] mails)
    {
        await using var context = OpenContext();
        foreach (var mail in mails)
        {
            await Outbox.AddAsync(context, mail, default);
        }

        await context.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    public static async Task<MailHost> StartAsync(
        string folder,
        TimeProvider time,
        IDataProtectionProvider keys,
        IEnumerable<KeyValuePair<string, string?>> settings,
        Action<IServiceCollection> configure)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Portal:DataDirectory", folder), .. settings])
            .Build();
        var log = new RecordedLog();
        var collection = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(log))
            .AddSingleton(time)
            .AddSingleton(keys)
            .AddSingleton<IMailRenderer, FakeMailRenderer>()
            .AddSingleton<PortalPaths>();
        collection.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section);
        configure(collection);
        collection.AddData(configuration);
        collection.AddMail();
        var host = new MailHost(collection.BuildServiceProvider()) { Log = log };
        await host.services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        return host;
    }
}
