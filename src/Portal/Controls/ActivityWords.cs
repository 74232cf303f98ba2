using System.Globalization;
using System.Text.Json;
using Portal.Accounts.Activity;
using Portal.Accounts.Audit;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Controls;

/// <summary>Security events in people's words.</summary>
internal static class ActivityWords
{
    public static string Of(ActivityGroup group) => group switch
    {
        ActivityGroup.SignIns => "Sign-ins",
        ActivityGroup.Sessions => "Sessions",
        ActivityGroup.Password => "Password",
        ActivityGroup.Email => "Email",
        ActivityGroup.Profile => "Profile",
        ActivityGroup.RolesAndStatus => "Roles and status",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "There are no words for this group."),
    };

    /// <summary>A sentence without its full stop: "Signed in with a password from Firefox on Linux, Portugal".</summary>
    public static string Of(ActivityInfo happened) => happened.Kind switch
    {
        AuditKind.SignedIn => $"Signed in with {happened.Text("provider") ?? MethodOf(happened)}{From(happened)}",
        AuditKind.SignInFailed => happened.Text("reason") switch
        {
            "inactive" => $"Refused a sign-in{From(happened)}: the account was not active",
            "unconfirmed" => $"Refused a sign-in{From(happened)}: the email address was not confirmed",
            "guessed" => $"Refused a sign-in{From(happened)}: too many wrong passwords in a row",
            "replayed" or "copied" or "altered" => $"Refused a sign-in with a passkey{From(happened)}: {WhyPasskey(happened)}",
            _ when IsByPasskey(happened) => $"A sign-in failed with a passkey{From(happened)}",
            _ when happened.Text("method")?.Contains("otp", StringComparison.Ordinal) == true =>
                $"A sign-in failed with a wrong code{From(happened)}: what came before it was right",
            _ => $"A sign-in failed with a wrong password{From(happened)}",
        },
        AuditKind.SignInThrottled => $"Sign-ins were paused after too many failures{From(happened)}",
        AuditKind.SignedOut => AgentOf(happened) is { } agent ? $"Signed out of {agent}" : "Signed out",
        AuditKind.SessionEnded => EndOf(happened),
        AuditKind.ImpersonationStarted => "An administrator began to act as you",
        AuditKind.ImpersonationEnded => happened.IsByYou ? "Signed out the administrator who acted as you" : "An administrator stopped acting as you",
        AuditKind.Confirmed => $"Confirmed who you are once more{From(happened)}",
        AuditKind.ConfirmationFailed => $"Confirming who you are failed with a {WithWhat(happened.Text("method"))}{From(happened)}",
        AuditKind.Registered => $"Created this account{From(happened)}",
        AuditKind.AccountCreated => happened.IsByYou ? "Set up the portal with this account" : "An operator created this account",
        AuditKind.Invited => ByAdministrator(happened, "invited you by mail", "You were invited by mail"),
        AuditKind.InvitationAccepted => $"Accepted the invitation and chose a password{From(happened)}",
        AuditKind.EmailConfirmed => ByAdministrator(happened, "confirmed the email address", $"Confirmed the email address{From(happened)}"),
        AuditKind.PasswordResetRequested => ByAdministrator(
            happened, "sent you a link for a new password", $"A link for a new password was asked for{From(happened)}"),
        AuditKind.PasswordReset => $"A new password was chosen by a mailed link{From(happened)}",
        AuditKind.PasswordChanged => Changed(happened, "the password"),
        AuditKind.PasswordRemoved => ByAdministrator(
            happened, "removed the password, which was too short without the app", "The password was removed, for it was too short without the app"),
        AuditKind.EmailChangeRequested => $"Asked for another email address{From(happened)}",
        AuditKind.EmailChangeStopped => ByAdministrator(
            happened, "called off the change of the email address", $"Called off the change of the email address{From(happened)}"),
        AuditKind.EmailChanged when happened.IsReturn => $"Got the former email address back{From(happened)}",
        AuditKind.EmailChanged => Changed(happened, "the email address"),
        AuditKind.UserNameChanged => Changed(happened, "the username"),
        AuditKind.ProfileChanged => Changed(happened, "the profile"),
        AuditKind.PictureChanged => Changed(happened, "the picture"),
        AuditKind.PreferencesChanged => Changed(happened, "the preferences"),
        AuditKind.DataExported => $"Exported everything held about you{From(happened)}",
        AuditKind.ReportedNotMe => $"Said that something was not you{From(happened)}",
        AuditKind.AccountDeleted => "The account was deleted",
        AuditKind.Activated when HadTooManyWrongPasswords(happened) => ByAdministrator(
            happened, "let the password in again after too many wrong ones", "The password is taken again after too many wrong ones"),
        AuditKind.Activated => ByAdministrator(happened, "activated the account", "The account was activated"),
        AuditKind.Deactivated => ByAdministrator(happened, "deactivated the account", "The account was deactivated"),
        AuditKind.Blocked => ByAdministrator(happened, "blocked the account", "The account was blocked"),
        AuditKind.Verified => ByAdministrator(happened, "verified the account", "The account was verified"),
        AuditKind.Unverified => ByAdministrator(happened, "took back that the account is verified", "The account is not verified any more"),
        AuditKind.RoleGiven => $"You got the role {happened.Text("role")}",
        AuditKind.RoleTaken => $"You lost the role {happened.Text("role")}",
        AuditKind.IdentityLinked => $"Linked {happened.Text("provider")} for signing in{From(happened)}",
        AuditKind.IdentityUnlinked => ByAdministrator(
            happened, $"took away the sign-in with {happened.Text("provider")}", $"Unlinked {happened.Text("provider")}{From(happened)}"),
        AuditKind.SecondFactorAdded => $"Added an authenticator app{From(happened)}",
        AuditKind.SecondFactorRemoved => ByAdministrator(happened, "removed the authenticator app", $"Removed the authenticator app{From(happened)}"),
        AuditKind.RecoveryCodesRenewed => $"Made new recovery codes{From(happened)}",
        AuditKind.RecoveryCodesRemoved => $"Removed the recovery codes{From(happened)}",
        AuditKind.RecoveryCodeUsed => $"Used a recovery code{From(happened)}",
        AuditKind.PasskeyAdded => $"Added {PasskeyOf(happened)}{From(happened)}",
        AuditKind.PasskeyRenamed => $"Renamed a passkey{From(happened)}",
        AuditKind.PasskeyRemoved => ByAdministrator(happened, $"removed {PasskeyOf(happened)}", $"Removed {PasskeyOf(happened)}{From(happened)}"),
        AuditKind.MailRetried => "An administrator had a mail to you tried again",
        AuditKind.MailDropped => "An administrator dropped a mail to you",
        // Nobody's account, or of a build newer than this one.
        _ => $"Something else: {happened.KindName.Replace('-', ' ')}",
    };

    public static IconName IconOf(ActivityInfo happened) => happened.Kind switch
    {
        AuditKind.SignInFailed or AuditKind.SignInThrottled or AuditKind.ConfirmationFailed
            or AuditKind.ReportedNotMe or AuditKind.Blocked or AuditKind.Deactivated or AuditKind.Unverified or AuditKind.IdentityUnlinked => IconName.Warning,
        AuditKind.ImpersonationStarted or AuditKind.ImpersonationEnded => IconName.People,
        AuditKind.RoleGiven or AuditKind.RoleTaken => IconName.Tag,
        { } kind => ActivityGroups.Of(kind) switch
        {
            ActivityGroup.SignIns => IconName.Key,
            ActivityGroup.Sessions => IconName.SignOut,
            ActivityGroup.Password => IconName.Lock,
            ActivityGroup.Email => IconName.Mail,
            ActivityGroup.Profile => IconName.User,
            _ => IconName.Shield,
        },
        null => IconName.Unknown,
    };

    /// <summary>Browser and system: "Firefox on Linux"; null when neither is known.</summary>
    public static string? AgentOf(ActivityInfo happened) => Agent(happened.Browser, happened.Os);

    /// <summary>What stands behind "Details", by name.</summary>
    public static IEnumerable<(string Name, string Value)> FactsOf(ActivityInfo happened)
    {
        if (happened.Ip is { } address)
        {
            yield return ("Address", address);
        }

        if (happened.CountryName is { } country)
        {
            yield return ("Country", country);
        }

        if (happened.SessionId is { } session)
        {
            yield return ("Session", happened.IsCurrentSession ? "this one" : session);
        }

        foreach (var fact in DetailWords.Of(happened.Details))
        {
            yield return fact;
        }
    }

    private static string From(ActivityInfo happened) => (AgentOf(happened), happened.CountryName) switch
    {
        ({ } agent, { } country) => $" from {agent}, {country}",
        ({ } agent, null) => $" from {agent}",
        (null, { } country) => $" from {country}",
        _ => "",
    };

    private static string Changed(ActivityInfo happened, string what) =>
        ByAdministrator(happened, $"changed {what}", happened.IsByYou ? $"Changed {what}{From(happened)}" : $"Somebody changed {what}{From(happened)}");

    /// <summary>That alone: they were active before.</summary>
    private static bool HadTooManyWrongPasswords(ActivityInfo happened) =>
        happened.Details.TryGetValue("before", out var before) && before.ValueKind is JsonValueKind.Object
        && before.TryGetProperty("active", out var active) && active.ValueKind is JsonValueKind.True
        && before.TryGetProperty("too_many_wrong_passwords", out var many) && many.ValueKind is JsonValueKind.True;

    private static string ByAdministrator(ActivityInfo happened, string did, string otherwise) =>
        happened.IsByAnother ? $"An administrator {did}" : otherwise;

    private static string MethodOf(ActivityInfo happened) => happened.Text("method")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } methods
        // That there were several is seen, and that a passkey asked for its person is part of it.
        ? string.Join(" and ", methods.Where(method => method is not ("mfa" or "user")).Select(method => method switch
        {
            "pwd" => "a password",
            "otp" => "a one-time code",
            "recovery" => "a recovery code",
            "hwk" or "swk" => "a passkey",
            _ => method,
        }))
        : "unknown means";

    private static string PasskeyOf(ActivityInfo happened) => happened.Text("passkey") is { Length: > 0 } name ? $"the passkey “{name}”" : "a passkey";

    /// <summary>What a confirmation failed with, by its method in the log.</summary>
    public static string WithWhat(string? method) => method switch
    {
        "passkey" => "passkey",
        "otp" => "wrong code",
        _ => "wrong password",
    };

    private static bool IsByPasskey(ActivityInfo happened) => happened.Text("method")?.Contains("passkey", StringComparison.Ordinal) == true;

    private static string WhyPasskey(ActivityInfo happened) => happened.Text("reason") switch
    {
        "replayed" => "its answer was used before",
        "copied" => "it looks like a copy",
        _ => "what the portal knew of it was not in order",
    };

    private static string EndOf(ActivityInfo happened)
    {
        var which = WhichOf(happened);
        // Where the sentence begins with it.
        var whichFirst = $"{char.ToUpper(which[0], CultureInfo.CurrentCulture)}{which[1..]}";
        return SessionEndReasonNames.FromName(happened.Text("reason")) switch
        {
            SessionEndReason.Revoked or SessionEndReason.Everywhere when happened.IsByAnother => $"An administrator, as you, signed out {which}",
            SessionEndReason.Revoked when happened.IsByYou => $"Signed out {which} from another device",
            SessionEndReason.Everywhere => $"Signed out {which} with everything else",
            SessionEndReason.Administrator => $"An administrator signed out {which}",
            SessionEndReason.Deactivated => $"{whichFirst} was signed out, because the account was deactivated",
            SessionEndReason.Blocked => $"{whichFirst} was signed out, because the account was blocked",
            SessionEndReason.PasswordChanged => $"{whichFirst} was signed out, because the password changed",
            SessionEndReason.Idle => $"{whichFirst} was signed out, because it was not used for a while",
            SessionEndReason.Expired => $"{whichFirst} was signed out, because it had been signed in for long enough",
            SessionEndReason.Replaced => $"{whichFirst} was signed out, because a newer sign-in took its place",
            SessionEndReason.Deleted => $"{whichFirst} was signed out, because the account was deleted",
            SessionEndReason.Provider => $"{whichFirst} was signed out by the provider it had signed in with",
            _ => $"{whichFirst} was signed out",
        };
    }

    /// <summary>Which session ended; or how many, where they were very many.</summary>
    private static string WhichOf(ActivityInfo happened) =>
        happened.Details.GetValueOrDefault("session") is { ValueKind: JsonValueKind.Object } session
            && Agent(TextIn(session, "browser"), TextIn(session, "os")) is { } agent ? agent
        : happened.Details.GetValueOrDefault("sessions") is { ValueKind: JsonValueKind.Array } sessions
            ? string.Create(CultureInfo.CurrentCulture, $"a batch of {sessions.GetArrayLength()} sessions")
        : "a session";

    private static string? Agent(string? browser, string? os) => browser is null && os is null
        ? null
        : new AgentInfo(browser ?? AgentInfo.Unknown, null, os ?? AgentInfo.Unknown, DeviceClass.Unknown).Describe();

    private static string? Text(this ActivityInfo happened, string name) =>
        happened.Details.GetValueOrDefault(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static string? TextIn(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
