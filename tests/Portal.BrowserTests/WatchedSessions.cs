using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Sessions;

namespace Portal.BrowserTests;

/// <summary>The portal's own session service, which also notes whom pages asked it to end.</summary>
internal sealed class WatchedSessions(IServiceProvider services) : ISessionService
{
    private readonly SessionService real = ActivatorUtilities.CreateInstance<SessionService>(services);
    private readonly ConcurrentBag<string> asked = [];

    public int TimesAskedToEnd(string sessionId) => asked.Count(id => id == sessionId);

    public Task<IReadOnlyList<SessionInfo>> ListAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default) =>
        real.ListAsync(person, cancellationToken);

    public Task<EndOutcome> EndAsync(ClaimsPrincipal person, string sessionId, CancellationToken cancellationToken = default)
    {
        asked.Add(sessionId);
        return real.EndAsync(person, sessionId, cancellationToken);
    }

    public Task<EndOutcome> EndOthersAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default) =>
        real.EndOthersAsync(person, cancellationToken);
}
