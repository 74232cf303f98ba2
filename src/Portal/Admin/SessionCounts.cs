using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>What ending sessions does, in words with numbers.</summary>
internal static class SessionCounts
{
    /// <summary>"14 sessions".</summary>
    public static string Sessions(ListTotal total) => total switch
    {
        { IsExact: false, Count: var count } => string.Create(CultureInfo.CurrentCulture, $"more than {count:N0} sessions"),
        { Count: 1 } => "1 session",
        { Count: var count } => string.Create(CultureInfo.CurrentCulture, $"{count:N0} sessions"),
    };

    /// <summary>"3,000 of 14,000 sessions have ended."</summary>
    public static string Progress(long ended, ListTotal total) => total.IsExact
        ? string.Create(CultureInfo.CurrentCulture, $"{ended:N0} of {Sessions(total)} {(total.Count == 1 ? "has" : "have")} ended.")
        : string.Create(CultureInfo.CurrentCulture, $"{ended:N0} sessions have ended so far.");

    /// <summary>"14 sessions have ended."</summary>
    public static string Ended(AdminOutcome.Done done)
    {
        var ended = done.EndedSessions == 1 ? "One session has ended" : string.Create(CultureInfo.CurrentCulture, $"{done.EndedSessions:N0} sessions have ended");
        return done.IsStopped ? $"Stopped. {ended}; the others stay." : $"{ended}.";
    }

    /// <summary>"Ends 14 sessions of 9 people, 2 of them online now. Your own session stays."</summary>
    public static string Sentence(SessionsPreview preview)
    {
        var people = !preview.Sessions.IsExact ? "many people"
            : preview.People == 1 ? "1 person"
            : string.Create(CultureInfo.CurrentCulture, $"{preview.People:N0} people");
        var online = preview.Online > 0 ? string.Create(CultureInfo.CurrentCulture, $", {preview.Online:N0} of them online now") : "";
        var own = preview.SparesOwn ? " Your own session stays." : "";
        return $"Ends {Sessions(preview.Sessions)} of {people}{online}.{own} Open pages there close at once.";
    }
}
