using System.Globalization;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions.Agents;
using Portal.Accounts.Sessions.Geo;

namespace Portal.Accounts.Sessions;

/// <summary>A session as people see it.</summary>
public sealed record SessionInfo
{
    /// <summary>The public id: 26 characters, no secret.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required long UserId { get; init; }

    /// <summary>Whether it is the session that asks.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>Whether an administrator acts in it as its person.</summary>
    public bool IsImpersonation { get; init; }

    /// <summary>Which administrator; null where its person acts, and for the person, who is not told.</summary>
    public long? ImpersonatorId { get; init; }

    /// <summary>How many tabs are connected now; zero for an ended session.</summary>
    public int Tabs { get; init; }

    /// <summary>Whether at least one tab is connected now.</summary>
    public bool IsOnline => Tabs > 0;

    /// <summary>When they signed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last request or activity of an open page, right to the minute.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When it ends if it stays silent from now on.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it ends then of its age, used or not; else of silence.</summary>
    public bool EndsOfAge { get; init; }

    /// <summary>The address they signed in from; null when unknown.</summary>
    public string? Ip { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null when unknown.</summary>
    public string? Country { get; init; }

    /// <summary>The country in the words of the current culture; null when unknown.</summary>
    public string? CountryName => CountryNames.NameOf(Country, CultureInfo.CurrentUICulture);

    /// <summary>What they use, in words the browser sent: other people's text, encode it.</summary>
    public required AgentInfo Agent { get; init; }

    /// <summary>How they authenticated: RFC 8176 values, separated by spaces; <c>recovery</c> for a recovery code, for which that has none.</summary>
    public required string Method { get; init; }

    /// <summary>Until when the browser is not asked for a second factor; null when it is asked. Told to the session's own person only.</summary>
    public DateTimeOffset? TrustedUntil { get; init; }

    /// <summary>What people call the provider that vouched for the sign-in; null where none did.</summary>
    public string? Provider { get; init; }

    /// <summary>When it ended; null while it lives.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended; null while it lives.</summary>
    public SessionEndReason? EndReason { get; init; }
}
