using System.Text.Json;
using Portal.Accounts.Audit;

namespace Portal.Accounts.Activity;

/// <summary>Which kinds of events belong to which group.</summary>
public static class ActivityGroups
{
    private static readonly string[] Names = [.. Enum.GetNames<ActivityGroup>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The lower-case name, words joined by hyphens.</summary>
    public static string ToName(this ActivityGroup group) => Names[(int)group];

    /// <summary>The group of that exact name; null for any other text.</summary>
    public static ActivityGroup? FromName(string? name) => Array.IndexOf(Names, name) is var index and >= 0 ? (ActivityGroup)index : null;

    /// <summary>The group of a kind; every kind has one.</summary>
    public static ActivityGroup Of(AuditKind kind) => kind switch
    {
        AuditKind.SignedIn or AuditKind.SignInFailed or AuditKind.SignInThrottled or AuditKind.IdentityUnlinked or AuditKind.IdentityLinked
            or AuditKind.SecondFactorAdded or AuditKind.SecondFactorRemoved or AuditKind.RecoveryCodesRenewed or AuditKind.RecoveryCodeUsed
            or AuditKind.RecoveryCodesRemoved
            or AuditKind.PasskeyAdded or AuditKind.PasskeyRenamed or AuditKind.PasskeyRemoved
            or AuditKind.Confirmed or AuditKind.ConfirmationFailed => ActivityGroup.SignIns,
        AuditKind.SignedOut or AuditKind.SessionEnded or AuditKind.ReportedNotMe
            or AuditKind.ImpersonationStarted or AuditKind.ImpersonationEnded => ActivityGroup.Sessions,
        AuditKind.PasswordResetRequested or AuditKind.PasswordReset or AuditKind.PasswordChanged or AuditKind.PasswordRemoved => ActivityGroup.Password,
        AuditKind.EmailConfirmed or AuditKind.EmailChangeRequested or AuditKind.EmailChangeStopped or AuditKind.EmailChanged
            or AuditKind.MailRetried or AuditKind.MailDropped => ActivityGroup.Email,
        AuditKind.ProfileChanged or AuditKind.PictureChanged or AuditKind.PreferencesChanged or AuditKind.DataExported => ActivityGroup.Profile,
        AuditKind.Registered or AuditKind.AccountCreated or AuditKind.AccountDeleted
            or AuditKind.Activated or AuditKind.Deactivated or AuditKind.Blocked or AuditKind.Verified
            or AuditKind.Unverified or AuditKind.UserNameChanged or AuditKind.Invited or AuditKind.InvitationAccepted
            or AuditKind.RoleGiven or AuditKind.RoleTaken or AuditKind.RoleCreated or AuditKind.RoleChanged or AuditKind.RoleDeleted
            or AuditKind.BatchStarted or AuditKind.DomainChanged or AuditKind.DomainLabelChanged => ActivityGroup.RolesAndStatus,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of event belongs to no group."),
    };

    /// <summary>The kinds of a group.</summary>
    public static IReadOnlyList<AuditKind> KindsOf(ActivityGroup group) => [.. Enum.GetValues<AuditKind>().Where(kind => Of(kind) == group)];
}
