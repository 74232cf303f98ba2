using System.Security.Claims;
using MudBlazor;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>What is done to one user from a page: asks before each act, names the person, makes it, and tells what became of it.</summary>
/// <param name="users">Makes it.</param>
/// <param name="dialogs">Asks.</param>
/// <param name="person">Who does it.</param>
internal sealed class UserActs(IUserAdmin users, IDialogService dialogs, ClaimsPrincipal person)
{
    /// <summary>Nobody deactivates, blocks or deletes their own account here.</summary>
    public static bool IsOneself(ClaimsPrincipal person, UserDetails user) => person.UserId() == user.User.Id;

    /// <summary>What sending somebody a link is called.</summary>
    public static string LinkVerb(UserDetails user) => user.IsInvited ? "Send another invitation" : "Send reset mail";

    /// <summary>Moves who still is as they are shown: one move can undo another of which nothing was seen. Null when they would rather not.</summary>
    public async Task<UserActReport?> MoveAsync(UserDetails user, ModerationAct act)
    {
        var email = user.User.Email;
        var reason = act.IsLoss
            ? await ReasonDialog.AskAsync(dialogs, act.Question(email), act.Effect, act.Verb, act.Move is UserMove.Block ? ReasonWish.Required : ReasonWish.Optional)
            : await ConfirmDialog.AskAsync(dialogs, act.Question(email), act.Effect, act.Verb, isLoss: act.Move is UserMove.Unverify) ? "" : null;
        return reason is null ? null : await RunAsync(
            email,
            by => users.MoveAsync(Number(user), act.Move, reason.Length > 0 ? reason : null, by with { Seen = user.Version }, CancellationToken.None),
            outcome => $"{email} {act.Done}{Ended(outcome)}");
    }

    /// <inheritdoc cref="MoveAsync" />
    public async Task<UserActReport?> DeleteAsync(UserDetails user)
    {
        var email = user.User.Email;
        return await ReasonDialog.AskAsync(
            dialogs, $"Delete {email}?", "This cannot be undone. They are signed out everywhere at once; one last mail tells them.", "Delete", ReasonWish.Required, email) is { } reason
            ? await RunAsync(email, by => users.DeleteAsync(Number(user), reason, by, user.Version, CancellationToken.None), _ => $"{email} was deleted.")
            : null;
    }

    /// <inheritdoc cref="MoveAsync" />
    public async Task<UserActReport?> SendLinkAsync(UserDetails user)
    {
        var email = user.User.Email;
        var (question, effect, verb) = user.IsInvited
            ? ($"Invite {email} once more?", "The link of the former invitation does not work any more.", "Send invitation")
            : ($"Send a reset mail to {email}?", "Whoever reads it can choose a new password for this account.", "Send mail");
        return await ConfirmDialog.AskAsync(dialogs, question, effect, verb, isLoss: false)
            ? await RunAsync(email, by => users.SendResetAsync(Number(user), by, CancellationToken.None), _ => $"A mail is on its way to {email}.")
            : null;
    }

    private static string Number(UserDetails user) => $"{user.User.Id}";

    private static string Ended(AdminOutcome? outcome) => outcome switch
    {
        AdminOutcome.Done { EndedSessions: 1 } => " One session ended.",
        AdminOutcome.Done { EndedSessions: > 1 and var count } => $" {count} sessions ended.",
        _ => "",
    };

    private async Task<UserActReport> RunAsync(string email, Func<Operator, Task<AdminOutcome>> change, Func<AdminOutcome?, string> done)
    {
        var outcome = await OperatorChange.RunAsync(dialogs, person, change);
        return new UserActReport(OperatorChange.IsDone(outcome) ? done(outcome) : null, OperatorChange.RefusalOf(outcome) is { } refusal ? $"{email}: {refusal}" : null);
    }
}
