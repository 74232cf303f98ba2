using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Testing;

namespace Portal.Tests.Web.Api;

/// <summary>The portal in memory on a data directory of its own, with quick passwords and its mails caught.</summary>
public sealed class ApiHost : WebApplicationFactory<Program>
{
    public const string Password = "correct horse battery staple";

    private readonly CaughtMails _mails = new();
    private Task<DescribedApi>? _described;

    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("portal-api-").FullName;

    /// <summary>Settings other than the usual, before the host is used.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Services other than the usual, before the host is used.</summary>
    public Action<IServiceCollection> Change { get; set; } = _ => { };

    /// <summary>A browser without cookies; it follows no redirects, and every answer of REST is held against the document.</summary>
    public HttpClient Anonymous() => CreateDefaultClient(new CookieContainerHandler(), new DescribedAnswers());

    /// <summary>The document of REST, read once.</summary>
    internal Task<DescribedApi> DescribedAsync() => LazyInitializer.EnsureInitialized(ref _described, () => DescribedApi.ReadAsync(CreateDefaultClient()));

    /// <summary>A browser in which this user signed in, and which sends the token with what it changes.</summary>
    public async Task<HttpClient> SignedInAsync(string login)
    {
        var client = Anonymous();
        using var answer = await client.PostAsJsonAsync("/api/login", new { email = login, password = Password }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        await SendTokenAsync(client);
        return client;
    }

    /// <summary>From now on the browser sends the token of who it is signed in as now.</summary>
    public static async Task SendTokenAsync(HttpClient client)
    {
        var token = await client.GetFromJsonAsync<JsonElement>("/api/antiforgery", TestContext.Current.CancellationToken);
        var header = token.GetProperty("header").GetString()!;
        client.DefaultRequestHeaders.Remove(header);
        client.DefaultRequestHeaders.Add(header, token.GetProperty("token").GetString());
    }

    public async Task<UserInfo> MakeUserAsync(string email, bool isActive = true, bool isConfirmed = true, string? userName = null)
    {
        var users = Services.GetRequiredService<IUserAdmin>();
        var token = TestContext.Current.CancellationToken;
        var user = new NewUser { Email = email, UserName = userName, Password = Password, IsActive = isActive, IsConfirmed = isConfirmed };
        Assert.IsType<AdminOutcome.Done>(await users.CreateAsync(user, Operator.CommandLine, token));
        return (await users.FindAsync(email, token))!;
    }

    /// <summary>As if the person had proved who they are long ago, in each of their sessions.</summary>
    public async Task ProvedLongAgoAsync(long userId)
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await context.Sessions.Where(session => session.UserId == userId)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.AuthenticatedAt, DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
    }

    /// <summary>The next mail that leaves.</summary>
    public ValueTask<MimeMessage> NextMailAsync() => _mails.Sent.Reader.ReadAsync(TestContext.Current.CancellationToken);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Portal:DataDirectory", DataDirectory);
        builder.UseSetting("Passwords:Iterations", "1000");
        builder.UseSetting("Jwt:Key", "a key for tests that is long enough");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IAccountMailer>(_mails);
            services.AddSingleton(TextWriter.Null);
            Change(services);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        PortalHost.DeleteData(DataDirectory);
    }

    private sealed class CaughtMails : IAccountMailer
    {
        public Channel<MimeMessage> Sent { get; } = Channel.CreateUnbounded<MimeMessage>();

        public async Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            await Sent.Writer.WriteAsync(message, cancellationToken);
            return new MailOutcome.Taken();
        }
    }
}
