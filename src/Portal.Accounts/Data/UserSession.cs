namespace Portal.Accounts.Data;

/// <summary>
/// One sign-in in one browser. Live while <see cref="EndedAt"/> is null; ended rows stay for a while so that people can
/// see what happened, without the ticket. The key's hash stays with them, so that its browser can be told why.
/// </summary>
internal sealed class UserSession
{
    /// <summary>The public id: sortable by creation, unique, no secret. Shown in pages, logs and APIs.</summary>
    public required string Id { get; init; }

    public long UserId { get; set; }

    /// <summary>SHA-256 of the key in the cookie.</summary>
    public byte[]? KeyHash { get; set; }

    /// <summary>The protected authentication ticket. Null once ended.</summary>
    public byte[]? Ticket { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the person last proved who they are in this session.</summary>
    public DateTimeOffset AuthenticatedAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The earlier of the idle and the absolute limit, as of <see cref="LastSeenAt"/>.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset AbsoluteExpiresAt { get; set; }

    public TimeSpan IdleTimeout { get; set; }

    /// <summary>"Keep me signed in": the cookie outlives the browser.</summary>
    public bool IsPersistent { get; set; }

    public string? Ip { get; set; }

    public string? Country { get; set; }

    public string Browser { get; set; } = "";

    public string? BrowserVersion { get; set; }

    public string Os { get; set; } = "";

    /// <summary>The name of a <c>DeviceClass</c>.</summary>
    public string Device { get; set; } = "";

    /// <summary>How they authenticated: RFC 8176 values, separated by spaces; <c>recovery</c> for a recovery code, for which that has none.</summary>
    public string Method { get; set; } = "";

    /// <summary>The scheme of the provider that vouched for the sign-in; null where none did.</summary>
    public string? Provider { get; set; }

    /// <summary>Who they are there.</summary>
    public string? ProviderSubject { get; set; }

    /// <summary>The provider's own session, whose end it tells of; null where it does not say.</summary>
    public string? ProviderSessionId { get; set; }

    /// <summary>The node that signed them in.</summary>
    public string Node { get; set; } = "";

    /// <summary>The administrator who acts here as the user; null where the user does.</summary>
    public long? ImpersonatorId { get; set; }

    /// <summary>The administrator's own session, from which they act and to which they go back.</summary>
    public string? ImpersonatorSessionId { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The name of a <c>SessionEndReason</c>.</summary>
    public string? EndReason { get; set; }

    /// <summary>The user who ended it; null when the portal or the command line did.</summary>
    public long? EndedById { get; set; }
}
