using System.Globalization;
using System.Text.Json;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Sessions.Geo;

namespace Portal.Accounts.Activity;

/// <summary>
/// A security event as its person sees it. Where somebody else did it, it says nothing of where they are: an administrator's
/// address and session are theirs.
/// </summary>
public sealed record ActivityInfo
{
    /// <summary>Its number: the greater, the later. No secret.</summary>
    public required long Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The kind's name, as in <see cref="AuditKindNames"/>.</summary>
    public required string KindName { get; init; }

    /// <summary>What it is about; null for a kind that only a newer build knows.</summary>
    public AuditKind? Kind => AuditKindNames.FromName(KindName);

    /// <summary>Whether the person did it, signed in or by a link sent to them.</summary>
    public bool IsByYou { get; init; }

    /// <summary>Whether another user did it. Neither this nor <see cref="IsByYou"/>: a stranger, the portal itself or the command line.</summary>
    public bool IsByAnother { get; init; }

    /// <summary>The public id of the session it was done in; null for none and for somebody else's.</summary>
    public string? SessionId { get; init; }

    /// <summary>Whether that is the session that asks.</summary>
    public bool IsCurrentSession { get; init; }

    /// <summary>The network address; null when unknown, somebody else's, or older than <see cref="AccountsOptions.IpRetention"/>.</summary>
    public string? Ip { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null when unknown.</summary>
    public string? Country { get; init; }

    /// <summary>The country in the words of the current culture; null when unknown.</summary>
    public string? CountryName => CountryNames.NameOf(Country, CultureInfo.CurrentUICulture);

    /// <summary>The browser's name; null when unknown.</summary>
    public string? Browser { get; init; }

    /// <summary>The system's name; null when unknown.</summary>
    public string? Os { get; init; }

    /// <summary>What else is known, by name in snake_case: <c>method</c>, <c>reason</c>, <c>role</c>, <c>before</c>, <c>after</c>, <c>session</c> (the one that ended). Never null, possibly empty.</summary>
    public IReadOnlyDictionary<string, JsonElement> Details { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>
    /// Whether they may say that it was not them: a sign-in or a change made in their name, and not in the session that asks,
    /// at which they are, nor what a report did. A new password by mail is reported too, though nobody was signed in for it.
    /// </summary>
    public bool CanBeReported => IsByYou ? !IsCurrentSession && !IsReturn && !Details.ContainsKey(WaysInRemoval.ByReport) && IsReportable : !IsByAnother && Kind is AuditKind.PasswordResetRequested or AuditKind.PasswordReset;

    /// <summary>Whether it is an address that came back after they had said that the change was not theirs.</summary>
    public bool IsReturn => Kind is AuditKind.EmailChanged && Details.ContainsKey(FormerAddress.Returned);

    private bool IsReportable => Kind is AuditKind.SignedIn or AuditKind.Confirmed
        or AuditKind.PasswordResetRequested or AuditKind.PasswordReset or AuditKind.PasswordChanged
        or AuditKind.SecondFactorAdded or AuditKind.SecondFactorRemoved or AuditKind.RecoveryCodesRenewed or AuditKind.RecoveryCodeUsed
        or AuditKind.EmailChangeRequested or AuditKind.EmailChangeStopped or AuditKind.EmailChanged
        or AuditKind.ProfileChanged or AuditKind.PictureChanged or AuditKind.PreferencesChanged or AuditKind.DataExported
        or AuditKind.PasskeyAdded or AuditKind.PasskeyRenamed or AuditKind.PasskeyRemoved
        or AuditKind.IdentityLinked or AuditKind.IdentityUnlinked;
}
