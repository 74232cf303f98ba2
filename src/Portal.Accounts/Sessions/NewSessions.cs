using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Accounts.Sessions;

/// <summary>What a session begins with: its row, and what a sign-in leaves behind.</summary>
internal sealed class NewSessions(SessionEnder ender, AuditLog audit, RequestOrigins origins, IOptions<SessionsOptions> options, IOptions<ExternalProvidersOptions> providers)
{
    /// <summary>The row, without key and ticket.</summary>
    public UserSession NewRow(AuthenticationTicket ticket, HttpContext httpContext, long userId, bool isAdministrator, DateTimeOffset now)
    {
        var (idle, absolute) = options.Value.LimitsFor(ticket.Properties.IsPersistent, isAdministrator);
        var agent = AgentReader.Read(httpContext.Request.Headers);
        var origin = origins.Of(httpContext);
        var impersonator = ticket.Impersonator();
        var absoluteExpiresAt = impersonator?.Until is { } until && until < now + absolute ? until : now + absolute;
        return new UserSession
        {
            Id = SessionIds.New(now),
            UserId = userId,
            CreatedAt = now,
            AuthenticatedAt = now,
            LastSeenAt = now,
            IdleTimeout = idle,
            AbsoluteExpiresAt = absoluteExpiresAt,
            ExpiresAt = now + idle < absoluteExpiresAt ? now + idle : absoluteExpiresAt,
            IsPersistent = ticket.Properties.IsPersistent,
            Ip = origin.Ip,
            Country = origin.Country,
            Browser = agent.Browser,
            BrowserVersion = agent.BrowserVersion,
            Os = agent.Os,
            Device = agent.Device.ToString(),
            Method = string.Join(' ', ticket.Principal.FindAll(SessionClaims.MethodType).Select(claim => claim.Value)),
            Node = Environment.MachineName,
            ImpersonatorId = impersonator?.UserId,
            ImpersonatorSessionId = impersonator?.SessionId,
        };
    }

    /// <summary>What a sign-in leaves behind. The browser's former session ends.</summary>
    public async Task<IReadOnlyList<AccountEvent.SessionsEnded>> SignedInAsync(
        PortalDbContext context, UserSession row, string? former, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await RememberLoginAsync(context, row.UserId, row.Ip, now, cancellationToken);
        await audit.AddAsync(context, new AuditEntry(AuditKind.SignedIn, row.UserId)
        {
            ActorId = row.UserId,
            SessionId = row.Id,
            Origin = new AuditOrigin(row.Ip, row.Country, row.Browser, row.Os) { IsOfSession = true },
            Details = row.Provider is { } scheme
                ? new Dictionary<string, object?> { ["method"] = row.Method, ["provider"] = providers.Value.NameOf(scheme) }
                : new Dictionary<string, object?> { ["method"] = row.Method },
        }, cancellationToken);
        return former is null
            ? []
            : await ender.MarkAsync(context, SessionFilter.One(former), new SessionEnd(SessionEndReason.Replaced, row.UserId), cancellationToken);
    }

    private static async Task RememberLoginAsync(PortalDbContext context, long userId, string? ip, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var login = await context.LoginInformation.FindAsync([userId], cancellationToken);
        if (login is null)
        {
            login = new LoginInformation { UserId = userId };
            context.LoginInformation.Add(login);
        }

        (login.LastLoginAt, login.LastLoginIp) = (login.CurrentLoginAt ?? now, login.LoginCount > 0 ? login.CurrentLoginIp : ip);
        (login.CurrentLoginAt, login.CurrentLoginIp) = (now, ip);
        login.LoginCount++;
    }
}
