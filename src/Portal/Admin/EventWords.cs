using System.Text.Json;
using Portal.Accounts.Activity;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Security events in operators' words: the person's own, where those do not speak to them.</summary>
internal static class EventWords
{
    /// <summary>Their reason is a word of the portal's own, not of an operator.</summary>
    private static readonly HashSet<AuditKind?> ReasonedKinds =
        [AuditKind.SignInFailed, AuditKind.SignedOut, AuditKind.SessionEnded, AuditKind.AccountCreated, AuditKind.ImpersonationEnded];

    /// <summary>A sentence without its full stop, about the account or nobody's.</summary>
    public static string Of(EventInfo happened) => happened.Kind switch
    {
        AuditKind.Confirmed => "Confirmed who they are once more",
        AuditKind.ConfirmationFailed => $"Confirming who they are failed with a {ActivityWords.WithWhat(Text(happened, "method"))}",
        AuditKind.AccountCreated => happened.Actor is null ? "The account was created from the command line"
            : happened.Actor.Id == happened.Subject?.Id ? "Set up the portal with this account" : "The account was created by an administrator",
        AuditKind.DataExported when Text(happened, "what") is "users" => "Exported all accounts",
        AuditKind.DataExported when Text(happened, "what") is "database" => "Copied the database",
        AuditKind.DataExported when happened.Subject is null => "Exported security events",
        AuditKind.DataExported => "Exported everything held about them",
        AuditKind.ReportedNotMe => "Said that something was not them",
        AuditKind.RoleGiven => $"Got the role {Text(happened, "role")}",
        AuditKind.RoleTaken => $"Lost the role {Text(happened, "role")}",
        AuditKind.RoleCreated => $"Created the role {Text(happened, "role")}",
        AuditKind.RoleChanged => $"Changed the role {Text(happened, "role")}",
        AuditKind.RoleDeleted => $"Deleted the role {Text(happened, "role")}",
        AuditKind.BatchStarted => $"Began to do one thing with many users: {Text(happened, "action")}",
        AuditKind.Invited => "Was invited by mail",
        AuditKind.PasswordResetRequested when happened.Actor is { } sender && sender.Id != happened.Subject?.Id => "Was mailed a link for a new password by an administrator",
        AuditKind.ImpersonationStarted => "An administrator began to act as them",
        AuditKind.ImpersonationEnded => "An administrator stopped acting as them",
        AuditKind.DomainChanged => $"{ChangeOf(happened)} the domain {Text(happened, "domain")}",
        AuditKind.DomainLabelChanged => $"{ChangeOf(happened)} {(Text(happened, "label") == "category" ? "a category" : "an organisation")} of domains",
        AuditKind.MailRetried => $"Had a mail tried again: {MailWords.OfKind(Text(happened, "mail"))}",
        AuditKind.MailDropped => $"Dropped a mail: {MailWords.OfKind(Text(happened, "mail"))}",
        _ => ActivityWords.Of(AsActivity(happened)),
    };

    public static IconName IconOf(EventInfo happened) => ActivityWords.IconOf(AsActivity(happened));

    /// <summary>What stands behind "Details", by name.</summary>
    public static IEnumerable<(string Name, string Value)> FactsOf(EventInfo happened)
    {
        var activity = AsActivity(happened);
        if ((happened.Browser ?? happened.Os) is not null)
        {
            yield return ("Device", ActivityWords.AgentOf(activity)!);
        }

        foreach (var fact in NotesOf(happened).Concat(ActivityWords.FactsOf(activity)))
        {
            yield return fact;
        }
    }

    /// <summary>What an operator wrote of it, and the batch it belongs to. Kinds that put their reason into the sentence have none.</summary>
    public static IEnumerable<(string Name, string Value)> NotesOf(EventInfo happened)
    {
        if (Text(happened, "reason") is { Length: > 0 } reason && !ReasonedKinds.Contains(happened.Kind))
        {
            yield return ("Reason", reason);
        }

        if (Text(happened, "batch") is { Length: > 0 } batch)
        {
            yield return ("Batch", batch);
        }
    }

    /// <summary>"person@example.org", or the number of somebody who is gone.</summary>
    public static string Of(EventPersonInfo person) => person.Email ?? $"User {person.Id}, deleted";

    /// <summary>Who did what nobody's session stands behind.</summary>
    public static string OfNobody(EventInfo happened) => Text(happened, AuditDoor.Detail) == AuditDoor.CommandLine.Name ? "The command line" : "The portal, or a stranger";

    private static ActivityInfo AsActivity(EventInfo happened) => new()
    {
        Id = happened.Id,
        At = happened.At,
        KindName = happened.KindName,
        IsByYou = happened.Actor is { } actor && actor.Id == happened.Subject?.Id,
        IsByAnother = happened.Actor is { } other && other.Id != happened.Subject?.Id,
        SessionId = happened.SessionId,
        Ip = happened.Ip,
        Country = happened.Country,
        Browser = happened.Browser,
        Os = happened.Os,
        Details = happened.Details,
    };

    private static string ChangeOf(EventInfo happened) => (Has(happened, "before"), Has(happened, "after")) switch
    {
        (false, true) => "Added",
        (true, false) => "Deleted",
        _ => "Changed",
    };

    private static bool Has(EventInfo happened, string name) =>
        happened.Details.GetValueOrDefault(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private static string Text(EventInfo happened, string name) =>
        happened.Details.GetValueOrDefault(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";
}
