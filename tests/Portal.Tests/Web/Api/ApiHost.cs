using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Portal.Accounts.Administration;
using Portal.Testing;

namespace Portal.Tests.Web.Api;

/// <summary>The kit's portal as operators run it, with the real clock.</summary>
public class ApiHost : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";

    private readonly Action<PortalHostOptions> _configure;
    private Task<DescribedApi>? _described;

    public ApiHost()
        : this(_ => { })
    {
    }

    /// <param name="configure">What is different from the usual.</param>
    protected ApiHost(Action<PortalHostOptions> configure) => _configure = configure;

    public PortalHost Host { get; private set; } = null!;

    public IServiceProvider Services => Host.Services;

    public string DataDirectory => Host.DataDirectory;

    /// <summary>One that differs from the usual, running.</summary>
    public static async Task<ApiHost> StartAsync(Action<PortalHostOptions> configure)
    {
        var host = new ApiHost(configure);
        await host.InitializeAsync();
        return host;
    }

    public async ValueTask InitializeAsync() => Host = await PortalHost.StartAsync(options =>
    {
        options.Environment = "Production";
        options.UseRealClock = true;
        options.Settings["Jwt:Key"] = "a key for tests that is long enough";
        options.Settings["Portal:PublicUrl"] = "http://localhost:5080";
        _configure(options);
    });

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A browser without cookies; it follows no redirects.</summary>
    public HttpClient Anonymous() => Host.CreateClient();

    /// <summary>The document of REST, read once.</summary>
    internal Task<DescribedApi> DescribedAsync() => LazyInitializer.EnsureInitialized(ref _described, () => DescribedApi.ReadAsync(Anonymous()));

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
        var users = Host.Get<IUserAdmin>();
        var token = TestContext.Current.CancellationToken;
        var user = new NewUser { Email = email, UserName = userName, Password = Password, IsActive = isActive, IsConfirmed = isConfirmed };
        Assert.IsType<AdminOutcome.Done>(await users.CreateAsync(user, Operator.CommandLine, token));
        return (await users.FindAsync(email, token))!;
    }

    /// <summary>As if the person had proved who they are long ago, in each of their sessions.</summary>
    public Task ProvedLongAgoAsync(long userId) => Host.QueryAsync(context => context.Sessions.Where(session => session.UserId == userId)
        .ExecuteUpdateAsync(row => row.SetProperty(session => session.AuthenticatedAt, DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken));

    /// <summary>The newest mail to somebody, as soon as there is one.</summary>
    public Task<MimeMessage> MailToAsync(string recipient, string subjectPart = "") =>
        Host.Mails.WaitForAsync(recipient, subjectPart, TestContext.Current.CancellationToken);
}
