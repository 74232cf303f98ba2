using Portal.Accounts.Data;

namespace Portal.Accounts.Sessions;

/// <summary>Of a session's row only what is shown: the ticket stays where it is.</summary>
internal sealed class ListedSession
{
    public required string Id { get; init; }

    public required long UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset AbsoluteExpiresAt { get; init; }

    public string? Ip { get; init; }

    public string? Country { get; init; }

    public required string Browser { get; init; }

    public string? BrowserVersion { get; init; }

    public required string Os { get; init; }

    public required string Device { get; init; }

    public required string Method { get; init; }

    public string? Provider { get; init; }

    public long? ImpersonatorId { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndReason { get; init; }

    public static IQueryable<ListedSession> Of(IQueryable<UserSession> rows) => rows.Select(session => new ListedSession
    {
        Id = session.Id,
        UserId = session.UserId,
        CreatedAt = session.CreatedAt,
        LastSeenAt = session.LastSeenAt,
        ExpiresAt = session.ExpiresAt,
        AbsoluteExpiresAt = session.AbsoluteExpiresAt,
        Ip = session.Ip,
        Country = session.Country,
        Browser = session.Browser,
        BrowserVersion = session.BrowserVersion,
        Os = session.Os,
        Device = session.Device,
        Method = session.Method,
        Provider = session.Provider,
        ImpersonatorId = session.ImpersonatorId,
        EndedAt = session.EndedAt,
        EndReason = session.EndReason,
    });
}
