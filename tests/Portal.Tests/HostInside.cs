using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests;

/// <summary>What tests of the inside ask of a running portal, past its doors.</summary>
internal static class HostInside
{
    public static T Get<T>(this PortalHost host)
        where T : notnull => host.Services.GetRequiredService<T>();

    public static async Task<T> QueryAsync<T>(this PortalHost host, Func<PortalDbContext, Task<T>> ask)
    {
        await using var context = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await ask(context);
    }

    public static Task<UserSession> RowAsync(this PortalHost host, string sessionId) =>
        host.QueryAsync(context => context.Sessions.AsNoTracking().SingleAsync(row => row.Id == sessionId, TestContext.Current.CancellationToken));

    /// <summary>Takes background services out, for tests that do their work by hand.</summary>
    public static void RemoveHosted(this IServiceCollection services, params Type[] types)
    {
        // They are registered by a factory whose type says what it makes.
        foreach (var type in types)
        {
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService)
                && service.ImplementationFactory?.GetType().GenericTypeArguments[1] == type));
        }
    }

    /// <summary>The id of the session that a browser has the cookie of.</summary>
    public static async Task<string> IdAsync(this PortalHost host, HttpClient browser) =>
        await host.SessionIdOfAsync(browser, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The browser has no session.");

    /// <summary>The person of a live session, as the services are given them.</summary>
    public static async Task<ClaimsPrincipal> PersonAsync(this PortalHost host, HttpClient browser) =>
        (await host.Get<SessionStore>().FindPersonAsync(await host.IdAsync(browser), TestContext.Current.CancellationToken)).Person!;

    /// <summary>An operator at work in a session of their own, proved a moment ago.</summary>
    public static async Task<Operator> OperatorAsync(this PortalHost host, TestUser user)
    {
        using var browser = await host.BeginSessionAsync(user);
        return Operator.Of(await host.PersonAsync(browser));
    }

    /// <summary>Ends all of a user's sessions from the command line. Returns how many.</summary>
    public static async Task<int> EndUserAsync(this PortalHost host, long userId) => await host.EndAsync(
        SessionChoice.Matching(new SessionSearch { User = userId.ToString(CultureInfo.InvariantCulture) }), Operator.CommandLine);

    /// <summary>Returns how many ended; fails where none may be.</summary>
    public static async Task<int> EndAsync(this PortalHost host, SessionChoice which, Operator by) =>
        await host.Get<ISessionAdmin>().EndAsync(which, by, TestContext.Current.CancellationToken) switch
        {
            AdminOutcome.Done done => done.EndedSessions,
            AdminOutcome.Unchanged or AdminOutcome.NotFound => 0,
            var refused => throw new InvalidOperationException($"The end was refused: {refused}"),
        };

    /// <summary>The newest live sessions of everybody.</summary>
    public static async Task<IReadOnlyList<SessionInfo>> AllSessionsAsync(this PortalHost host) =>
        [.. (await host.Get<ISessionAdmin>().ListAsync(new SessionSearch(), new ListWindow(), TestContext.Current.CancellationToken)).Results.Select(row => row.Session)];

    public static Task<bool> IsSignedInAsync(this HttpClient browser) => PortalHost.IsSignedInAsync(browser, TestContext.Current.CancellationToken);

    /// <summary>Decides about a domain as if nobody of it were there yet: those who are meet the decision when they confirm.</summary>
    public static Task<int> DecideAsync(this PortalHost host, string domain, string status) => host.QueryAsync(context =>
    {
        context.EmailDomains.Add(new EmailDomain { Name = domain, TopLevel = domain[(domain.LastIndexOf('.') + 1)..], Status = DomainStatusNames.FromName(status)!.Value });
        return context.SaveChangesAsync(TestContext.Current.CancellationToken);
    });
}
