using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Accounts.Mail;
using Portal.Testing;

namespace Portal.Tests.Accounts.Mail;

/// <summary>What outlives a process: a data directory, its keys, and the time of day.</summary>
internal sealed class MailWorld : IAsyncDisposable
{
    private readonly List<MailHost> hosts = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-mail-").FullName;

    public string PickupFolder => Path.Combine(Folder, "mail");

    public CaughtMails Caught => new(PickupFolder);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero));

    public IDataProtectionProvider Keys { get; set; } = new EphemeralDataProtectionProvider();

    /// <summary>A process; several share the database. Pick-up unless a mailer or settings say otherwise.</summary>
    public async Task<MailHost> StartAsync(
        IAccountMailer? mailer = null,
        Action<IServiceCollection>? configure = null,
        params (string Key, string Value)[] settings)
    {
        var host = await MailHost.StartAsync(Folder, Time, Keys, settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)), services =>
        {
            if (mailer is not null)
            {
                services.AddSingleton(mailer);
            }

            configure?.Invoke(services);
        });
        hosts.Add(host);
        return host;
    }

    /// <summary>A process that talks to a mail server.</summary>
    public Task<MailHost> StartAsync(SmtpStandIn server, SmtpSecurity security = SmtpSecurity.None, string userName = "", string password = "") => StartAsync(settings:
    [
        ("Mail:Transport", "Smtp"),
        ("Mail:Smtp:Host", "127.0.0.1"),
        ("Mail:Smtp:Port", $"{server.Port}"),
        ("Mail:Smtp:Security", $"{security}"),
        ("Mail:Smtp:UserName", userName),
        ("Mail:Smtp:Password", password),
    ]);

    public static AccountMail.ConfirmEmail Confirm(string recipient = "ana@example.org", string? name = "Ana", string secret = "c2VjcmV0LW9mLXRoaXMtbGluaw") =>
        new(recipient, UserId: null, name, $"https://portal.example/confirm-email#{secret}", new DateTimeOffset(2026, 12, 31, 18, 30, 0, TimeSpan.Zero));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
