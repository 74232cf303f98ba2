namespace Portal.Accounts.Administration;

/// <summary>Which live sessions: those that are all of this. What is null or false leaves all.</summary>
public sealed record SessionSearch
{
    /// <summary>Whose: an id, address or username. One that nobody has leaves no session.</summary>
    public string? User { get; init; }

    /// <summary>The address they signed in from, as the list shows it.</summary>
    public string? Ip { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The browser's name, as the list shows it.</summary>
    public string? Browser { get; init; }

    /// <summary>The system's name, as the list shows it.</summary>
    public string? Os { get; init; }

    /// <summary>Only those that have a connected tab on this node.</summary>
    public bool IsOnline { get; init; }

    /// <summary>Only those in which an administrator acts as somebody else.</summary>
    public bool IsImpersonation { get; init; }

    /// <summary>Only those that began at this moment or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether it leaves all of them.</summary>
    public bool IsEverything => this == new SessionSearch();
}
