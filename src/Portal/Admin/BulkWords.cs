using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>Puts batches into words.</summary>
internal static class BulkWords
{
    public static string VerbOf(BulkAction action) => action switch
    {
        BulkAction.Activate => "Activate",
        BulkAction.Deactivate => "Deactivate",
        BulkAction.Block => "Block",
        BulkAction.Verify => "Verify",
        BulkAction.Confirm => "Confirm the address",
        BulkAction.SendReset => "Mail a link for a new password",
        BulkAction.GiveRole => "Give a role",
        BulkAction.TakeRole => "Take a role",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "An action without words."),
    };

    /// <summary>Whether it names a role.</summary>
    public static bool NeedsRole(BulkAction action) => action is BulkAction.GiveRole or BulkAction.TakeRole;

    /// <summary>What would happen, a sentence each.</summary>
    public static IEnumerable<string> Of(BulkPreview preview, BulkAction action)
    {
        yield return $"{People(preview.Selected)} selected; something changes for {Count(preview.Changing)}.";
        if (preview.AlreadySo.Count > 0)
        {
            yield return $"For {Count(preview.AlreadySo)} it is so already, or cannot be.";
        }

        if (preview.SkipsYourself)
        {
            yield return "You are among them and are left out.";
        }

        if (preview.SkipsLastAdministrator)
        {
            yield return "The last active administrator is among them and is left out.";
        }

        if (action is BulkAction.Deactivate or BulkAction.Block)
        {
            yield return string.Create(CultureInfo.CurrentCulture, $"Ends {Count(preview.EndingSessions)} sessions; {preview.OnlineNow:N0} of these people are online now, and their open pages leave at once.");
        }
    }

    /// <summary>How it ended, in a sentence.</summary>
    public static string Of(BulkOutcome.Finished finished) => string.Create(
        CultureInfo.CurrentCulture,
        $"{(finished.IsStopped ? "Stopped" : finished.LostTheRight ? "Ended, because you may not administer any more" : "Done")}: {finished.Changed:N0} changed, {finished.AlreadySo:N0} as before, {finished.Skipped:N0} left out, {finished.Failed:N0} failed. Sessions ended: {finished.EndedSessions:N0}.");

    public static string Of(BulkProgress progress) => string.Create(
        CultureInfo.CurrentCulture, $"{progress.Seen:N0} of {Count(progress.Total)} looked at, {progress.Changed:N0} changed, {progress.Failed:N0} failed.");

    private static string People(ListTotal total) => total is { Count: 1, IsExact: true } ? "1 person is" : $"{Count(total)} people are";

    private static string Count(ListTotal total) => total.IsExact
        ? total.Count.ToString("N0", CultureInfo.CurrentCulture)
        : $"more than {total.Count.ToString("N0", CultureInfo.CurrentCulture)}";
}
