using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Profiles;

/// <summary>A portal whose mails stay promised, so that tests can read what they are about.</summary>
public sealed class OwnAccountHost : IAsyncLifetime
{
    public PortalHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal static Task<PortalHost> StartAsync(Action<PortalHostOptions>? configure = null) => PortalHost.StartAsync(options =>
    {
        options.ConfigureServices = services => services.RemoveHosted(typeof(MailSender));
        configure?.Invoke(options);
    });
}

/// <summary>What these tests ask of a portal.</summary>
internal static class People
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Somebody new, in a session of their own that has just begun.</summary>
    public static async Task<(TestUser User, ClaimsPrincipal Person)> NewPersonAsync(this PortalHost host, string? email = null, params IReadOnlyList<string> roles)
    {
        var user = await host.CreateUserAsync(email, roles: roles);
        return (user, await host.PersonOfAsync(user));
    }

    /// <summary>The person of one more session.</summary>
    public static async Task<ClaimsPrincipal> PersonOfAsync(this PortalHost host, TestUser user)
    {
        using var browser = await host.BeginSessionAsync(user);
        return await host.PersonAsync(browser);
    }

    /// <summary>Makes it long ago that a session proved who is at it.</summary>
    public static Task AgeAsync(this PortalHost host, ClaimsPrincipal person)
    {
        var id = person.SessionId();
        var longAgo = host.Clock.GetUtcNow() - TimeSpan.FromMinutes(10);
        return host.QueryAsync(context => context.Sessions.Where(session => session.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.AuthenticatedAt, longAgo), Token));
    }

    public static Task<User?> FindAsync(this PortalHost host, long userId) =>
        host.QueryAsync(context => context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId, Token));

    /// <summary>The mails promised to an address, the oldest first.</summary>
    public static async Task<IReadOnlyList<AccountMail>> PromisedAsync(this PortalHost host, string recipient)
    {
        var rows = await host.QueryAsync(context => context.OutboxMails.AsNoTracking()
            .Where(mail => mail.Recipient == recipient && mail.Payload != null).OrderBy(mail => mail.Id).ToListAsync(Token));
        return [.. rows.Select(host.Get<Outbox>().Open)];
    }

    /// <summary>The newest mail of a kind to an address.</summary>
    public static async Task<TMail> PromisedAsync<TMail>(this PortalHost host, string recipient)
        where TMail : AccountMail => (await host.PromisedAsync(recipient)).OfType<TMail>().Last();

    /// <summary>The kinds of a person's events, the oldest first.</summary>
    public static Task<List<string>> EventsOfAsync(this PortalHost host, long userId) =>
        host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == userId).OrderBy(row => row.Id).Select(row => row.Kind).ToListAsync(Token));

    /// <summary>A request that comes with a link.</summary>
    public static HttpContext Visitor()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.UserAgent = PortalHost.Firefox;
        http.Connection.RemoteIpAddress = new System.Net.IPAddress([203, 0, 113, 7]);
        return http;
    }

    /// <summary>The user and the secret that a link carries.</summary>
    public static (long UserId, string Token) Read(string url)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(url).Query);
        return (long.Parse(query["user"]!, System.Globalization.CultureInfo.InvariantCulture), query["token"]!);
    }
}
