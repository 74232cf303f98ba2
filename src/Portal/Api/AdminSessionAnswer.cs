using System.Security.Claims;
using Portal.Accounts.Sessions;

namespace Portal.Api;

/// <summary>A session of anybody's: current where it is the one that asks, impersonated where an administrator acts in it as its person.</summary>
internal sealed record AdminSessionAnswer(
    string Id,
    long User,
    bool Current,
    bool Impersonated,
    bool Online,
    int Tabs,
    DateTimeOffset Created,
    DateTimeOffset LastSeen,
    DateTimeOffset Expires,
    string? Ip,
    string? Country,
    string Browser,
    string? BrowserVersion,
    string Os,
    string Device,
    string Method)
{
    public static AdminSessionAnswer Of(SessionInfo session, ClaimsPrincipal asks) => new(
        session.Id, session.UserId, session.Id == asks.SessionId(), session.IsImpersonation, session.IsOnline, session.Tabs,
        session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.Ip, session.Country, session.Agent.Browser, session.Agent.BrowserVersion,
        session.Agent.Os, session.Agent.Device.ToString().ToLowerInvariant(), session.Method);
}
