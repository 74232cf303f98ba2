using System.Security.Claims;
using Portal.Accounts.Sessions;

namespace Portal.Api;

/// <summary>A session of anybody's.</summary>
/// <param name="Id">The public id; never the key.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Current">Whether it is the one that asks.</param>
/// <param name="Impersonated">Whether an administrator acts in it as its person.</param>
/// <param name="Impersonator">Which administrator; null where its person acts.</param>
/// <param name="Online">Whether a tab of it is open and connected.</param>
/// <param name="Tabs">How many tabs of interactive pages it has open.</param>
/// <param name="Created">When it began.</param>
/// <param name="LastSeen">When something of it was last heard.</param>
/// <param name="Expires">When it ends by itself, if nothing more is heard of it.</param>
/// <param name="Ip">The address, while it is kept.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null for unknown.</param>
/// <param name="Browser">The browser's name.</param>
/// <param name="BrowserVersion">The browser's version; null for unknown.</param>
/// <param name="Os">The system's name.</param>
/// <param name="Device">What kind of device it is: desktop, phone, tablet, …</param>
/// <param name="Method">How it began, in the words of RFC 8176; "recovery" for a recovery code, for which that has none.</param>
internal sealed record AdminSessionAnswer(
    string Id,
    long User,
    bool Current,
    bool Impersonated,
    long? Impersonator,
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
    string Method) : IExample
{
    public static object Example => new AdminSessionAnswer(
        ApiExamples.Session, 7, false, true, 3, true, 1, ApiExamples.Moment, ApiExamples.Moment.AddHours(1), ApiExamples.Moment.AddDays(14),
        "192.0.2.7", "NL", "Firefox", "140", "Linux", "desktop", "pwd");

    public static AdminSessionAnswer Of(SessionInfo session, ClaimsPrincipal asks) => new(
        session.Id, session.UserId, session.Id == asks.SessionId(), session.IsImpersonation, session.ImpersonatorId, session.IsOnline, session.Tabs,
        session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.Ip, session.Country, session.Agent.Browser, session.Agent.BrowserVersion,
        session.Agent.Os, session.Agent.Device.ToString().ToLowerInvariant(), session.Method);
}
