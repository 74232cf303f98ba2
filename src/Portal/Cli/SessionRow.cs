using Portal.Accounts.Sessions;

namespace Portal.Cli;

/// <summary>A session in the answers of the command line. Which tabs are open only the server knows.</summary>
internal sealed record SessionRow(
    string Id,
    long User,
    long? Impersonator,
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
    public static SessionRow Of(SessionInfo session) => new(
        session.Id, session.UserId, session.ImpersonatorId, session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.Ip, session.Country,
        session.Agent.Browser, session.Agent.BrowserVersion, session.Agent.Os, session.Agent.Device.ToString().ToLowerInvariant(), session.Method);
}
