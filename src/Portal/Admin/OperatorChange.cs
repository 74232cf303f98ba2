using System.Security.Claims;
using MudBlazor;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>An operator's change from a page: asks for the password where the door wants it, and puts the end into words.</summary>
internal static class OperatorChange
{
    /// <summary>Makes it; null when they would rather not prove who they are.</summary>
    public static async Task<AdminOutcome?> RunAsync(IDialogService dialogs, ClaimsPrincipal person, Func<Operator, Task<AdminOutcome>> change)
    {
        var by = Operator.Of(person);
        var outcome = await change(by);
        return outcome is not AdminOutcome.NeedsRecentAuthentication ? outcome
            : await StepUpDialog.AskAsync(dialogs) ? await change(by)
            : null;
    }

    public static bool IsDone(AdminOutcome? outcome) => outcome is AdminOutcome.Done or AdminOutcome.Unchanged;

    /// <summary>Why it was not made; null when it was, or was not asked for in the end.</summary>
    public static string? RefusalOf(AdminOutcome? outcome) => outcome switch
    {
        null or AdminOutcome.Done or AdminOutcome.Unchanged => null,
        AdminOutcome.NotFound missing => missing.What,
        AdminOutcome.Refused refused => string.Join(' ', refused.Errors.Select(error => error.Message)),
        AdminOutcome.Conflict => "Somebody else changed this meanwhile. Look at what is there now, then try again.",
        AdminOutcome.NeedsRecentAuthentication => "Enter your password first, then try again.",
        _ => "You may not administer, or no longer.",
    };
}
