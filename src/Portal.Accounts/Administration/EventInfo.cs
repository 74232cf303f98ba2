using System.Text.Json;
using Portal.Accounts.Audit;

namespace Portal.Accounts.Administration;

/// <summary>A security event as operators see it.</summary>
public sealed record EventInfo
{
    /// <summary>Its number: the greater, the later.</summary>
    public required long Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The kind's name, as in <see cref="AuditKindNames"/>.</summary>
    public required string KindName { get; init; }

    /// <summary>What it is about; null for a kind that only a newer build knows.</summary>
    public AuditKind? Kind => AuditKindNames.FromName(KindName);

    /// <summary>Whose account; null for nobody's.</summary>
    public EventPersonInfo? Subject { get; init; }

    /// <summary>Who did it; null for a stranger, the portal itself and the command line.</summary>
    public EventPersonInfo? Actor { get; init; }

    /// <summary>The public id of the session it was done in; null for none.</summary>
    public string? SessionId { get; init; }

    /// <summary>The network address; null when unknown, or taken out.</summary>
    public string? Ip { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null when unknown.</summary>
    public string? Country { get; init; }

    /// <summary>The browser's name: other people's text. Null when unknown.</summary>
    public string? Browser { get; init; }

    /// <summary>The system's name, likewise.</summary>
    public string? Os { get; init; }

    /// <summary>What else is known, by name in snake_case. Never null, possibly empty.</summary>
    public IReadOnlyDictionary<string, JsonElement> Details { get; init; } = new Dictionary<string, JsonElement>();
}
