using System.Globalization;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Controls;

/// <summary>Sessions in people's words.</summary>
internal static class SessionWords
{
    public static IconName IconOf(DeviceClass device) => device switch
    {
        DeviceClass.Desktop => IconName.Desktop,
        DeviceClass.Phone => IconName.Phone,
        DeviceClass.Tablet => IconName.Tablet,
        DeviceClass.Television => IconName.Tv,
        DeviceClass.Console => IconName.Console,
        DeviceClass.Bot => IconName.Bot,
        DeviceClass.Tool => IconName.Tool,
        _ => IconName.Unknown,
    };

    /// <summary>What it is called where its person is told of it: browser and system, or that it is not theirs.</summary>
    public static string Name(SessionInfo session) => session.IsImpersonation ? "An administrator, as you" : session.Agent.Describe();

    public static string Tabs(int tabs) => tabs == 1 ? "1 tab" : string.Create(CultureInfo.CurrentCulture, $"{tabs} tabs");

    public static string Method(SessionInfo session) => session.Provider is { } provider ? $"{provider}, by {Methods(session.Method)}" : Methods(session.Method);

    /// <summary>RFC 8176 values, separated by spaces: "password and one-time code".</summary>
    public static string Methods(string methods) => string.Join(" and ", methods.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        // That there were several is seen, and that a passkey asked for its person is part of it.
        .Where(method => method is not ("mfa" or "user"))
        .Select(method => method switch
        {
            "pwd" => "password",
            "otp" => "one-time code",
            "recovery" => "recovery code",
            "hwk" or "swk" => "passkey",
            _ => method,
        }));

    /// <summary>What a change made of the other sessions.</summary>
    public static string SignedOutElsewhere(int sessions) => sessions switch
    {
        0 => "No other device was signed out.",
        1 => "One other device was signed out.",
        _ => string.Create(CultureInfo.CurrentCulture, $"{sessions} other devices were signed out."),
    };

    public static string Ended(SessionEndReason? reason) => reason switch
    {
        SessionEndReason.You => "Signed out",
        SessionEndReason.Revoked => "Signed out from another device",
        SessionEndReason.Everywhere => "Signed out everywhere else",
        SessionEndReason.Administrator => "Ended by an administrator",
        SessionEndReason.Deactivated => "Account deactivated",
        SessionEndReason.Blocked => "Account blocked",
        SessionEndReason.PasswordChanged => "Password changed",
        SessionEndReason.Idle => "Not used for a while",
        SessionEndReason.Expired => "Reached its longest time",
        SessionEndReason.Replaced => "Replaced by a newer sign-in",
        SessionEndReason.Deleted => "Account deleted",
        SessionEndReason.Left => "The administrator left",
        SessionEndReason.Provider => "Ended by the sign-in provider",
        _ => "Ended",
    };
}
