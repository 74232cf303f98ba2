using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>What is done with many users, in words.</summary>
internal static class BulkWords
{
    public static string Verb(BulkRequest request) => request.Action switch
    {
        BulkAction.SendReset => "Send reset mails",
        BulkAction.Confirm => "Confirm addresses",
        BulkAction.GiveRole => "Give role",
        BulkAction.TakeRole => "Take role",
        var other => other.ToString(),
    };

    /// <summary>What a draft of the reason belongs to: the same done with as many others is another.</summary>
    public static string Subject(BulkRequest request, BulkPreview preview) =>
        string.Create(CultureInfo.InvariantCulture, $"{request.Action} {request.Role} {preview.Changing.Count} of {preview.Selected.Count}");

    public static string Title(BulkRequest request) => request.Action switch
    {
        BulkAction.SendReset => "Send reset mails to these people?",
        BulkAction.Confirm => "Confirm these people's addresses?",
        BulkAction.GiveRole => $"Give these people the role {request.Role}?",
        BulkAction.TakeRole => $"Take the role {request.Role} from these people?",
        var other => $"{other} these people?",
    };

    public static bool IsLoss(BulkAction action) => action is BulkAction.Deactivate or BulkAction.Block or BulkAction.TakeRole;

    public static ReasonWish ReasonFor(BulkAction action) => action switch
    {
        BulkAction.Block => ReasonWish.Required,
        BulkAction.SendReset => ReasonWish.None,
        _ => ReasonWish.Optional,
    };

    public static IEnumerable<string> Preview(BulkRequest request, BulkPreview preview)
    {
        var changing = string.Create(CultureInfo.CurrentCulture, $"Something changes for {preview.Changing.Count:N0} of them.");
        if (preview.Changing.IsExact)
        {
            yield return $"{People(preview.Selected)} selected. {changing}";
        }
        else
        {
            yield return string.Create(CultureInfo.CurrentCulture, $"{People(preview.Selected)} selected. Only the first {ListTotal.Most:N0} were looked at; what follows tells of those.");
            yield return changing;
        }

        if (preview.AlreadySo.Count > 0)
        {
            yield return string.Create(CultureInfo.CurrentCulture, $"Nothing changes for {preview.AlreadySo.Count:N0}: {(request.Action is BulkAction.SendReset ? "they may not sign in" : "it is so already")}.");
        }

        if (preview.Refused.Count > 0)
        {
            yield return string.Create(CultureInfo.CurrentCulture, $"It cannot be done for {preview.Refused.Count:N0}: {(request.Action is BulkAction.SendReset ? "password recovery is disabled" : "their email domain is blocked")}.");
        }

        if (preview.SkipsYourself)
        {
            yield return "You are among them and are left out.";
        }

        if (preview.SkipsLastAdministrator)
        {
            yield return "The last administrator is among them and is left out.";
        }

        if (preview.EndingSessions.Count > 0)
        {
            yield return $"It ends {Number(preview.EndingSessions)} {(preview.EndingSessions is { IsExact: true, Count: 1 } ? "session" : "sessions")}; {Online(preview.OnlineNow)}.";
        }
        else if (preview.OnlineNow > 0)
        {
            yield return $"Of them, {Online(preview.OnlineNow)}; their open pages follow at once.";
        }
    }

    public static string Progress(BulkProgress? progress) => progress is null
        ? "Beginning…"
        : string.Create(CultureInfo.CurrentCulture, $"{progress.Seen:N0}{(progress.Total.IsExact ? $" of {progress.Total.Count:N0}" : "")} people; changed {progress.Changed:N0}{(progress.Failed > 0 ? $", failed {progress.Failed:N0}" : "")}.");

    public static string Summary(BulkOutcome.Finished finished) =>
        $"{(finished.LostTheRight ? "It ended, because you may not administer any more. " : finished.IsStopped ? "Stopped. " : "Done. ")}{Changed(finished.Changed)}";

    public static IEnumerable<string> Rest(BulkOutcome.Finished finished)
    {
        if (finished.IsStopped)
        {
            yield return string.Create(CultureInfo.CurrentCulture, $"It had looked at {finished.Seen:N0} people. What is done stays done; the others are as they were.");
        }

        if (finished.AlreadySo > 0)
        {
            yield return string.Create(CultureInfo.CurrentCulture, $"For {finished.AlreadySo:N0} it was so already.");
        }

        if (finished.Skipped > 0)
        {
            yield return string.Create(CultureInfo.CurrentCulture, $"Left out: {finished.Skipped:N0}.");
        }

        if (finished.EndedSessions > 0)
        {
            yield return string.Create(CultureInfo.CurrentCulture, $"Sessions ended: {finished.EndedSessions:N0}.");
        }

        if (finished.Failed > finished.Failures.Count)
        {
            yield return string.Create(CultureInfo.CurrentCulture, $"It did not work for {finished.Failed:N0}; the first ones are listed.");
        }
    }

    private static string Changed(int people) => people switch
    {
        0 => "Nobody was changed.",
        1 => "One person was changed.",
        _ => string.Create(CultureInfo.CurrentCulture, $"{people:N0} people were changed."),
    };

    private static string Online(int people) => people switch
    {
        0 => "none of them is online now",
        1 => "one is online now",
        _ => string.Create(CultureInfo.CurrentCulture, $"{people:N0} are online now"),
    };

    private static string People(ListTotal total) => total switch
    {
        { IsExact: true, Count: 1 } => "One person is",
        { IsExact: true } => $"{Number(total)} people are",
        _ => string.Create(CultureInfo.CurrentCulture, $"More than {total.Count:N0} people are"),
    };

    private static string Number(ListTotal total) => total.IsExact
        ? total.Count.ToString("N0", CultureInfo.CurrentCulture)
        : string.Create(CultureInfo.CurrentCulture, $"more than {total.Count:N0}");
}
