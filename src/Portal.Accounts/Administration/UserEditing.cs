using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>An operator's changes of what a user is called, where they are reached, and what they say of themself.</summary>
internal sealed partial class UserEditing(
    IServiceScopeFactory scopes,
    OperatorGuard guard,
    UserSearch search,
    ProfileRules rules,
    ProfileValues values,
    Memberships memberships,
    Administrators administrators,
    WaysIn ways,
    ConfirmationLinks confirmations,
    InvitationLinks invitations,
    EmailWish wish,
    AuditLog audit,
    AccountEvents events,
    Outbox outbox,
    TimeProvider time,
    IOptions<PortalOptions> portal,
    ILogger<UserEditing> logger)
{
    private static readonly FieldError OwnEmail = new(UserEdit.Email, "This is your own account. Change the address on your own pages, where the new one is confirmed first.");
    private static readonly FieldError Taken = new(UserEdit.Email, "Somebody has taken this address or username just now. Choose another.") { IsTaken = true };

    public static Dictionary<string, string?> ValuesOf(User user, ProfileValues values) =>
        new(values.Of(user)) { [UserEdit.Email] = user.Email, [UserEdit.UserName] = user.UserName };

    public async Task<AdminOutcome> EditAsync(string user, UserEdit edit, Operator by, CancellationToken cancellationToken)
    {
        var (wanted, errors) = rules.Check(edit.Changes.Where(change => !IsName(change.Key)).ToDictionary());
        foreach (var (name, typed) in edit.Changes.Where(change => IsName(change.Key)))
        {
            // What is no text at all is refused by the rules of names.
            wanted[name] = string.IsNullOrWhiteSpace(typed) ? null : TypedText.Normalize(typed) ?? "?";
        }

        if (errors.Count > 0)
        {
            return new AdminOutcome.Refused(errors);
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Who is reached at another address may have the account for themself.
        if (await guard.RefuseAsync(context, by, isSensitive: wanted.ContainsKey(UserEdit.Email), cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await search.FindIdAsync(context, user, cancellationToken) is not { } id)
        {
            return UserAdmin.NoUser(user);
        }

        // Another address is not confirmed. The role's row before the user's, in the order of everybody who takes both.
        var isLost = wanted.ContainsKey(UserEdit.Email) && ways.NeedConfirmedAddress && await administrators.IsLastAsync(context, id, cancellationToken);
        if (await context.Users.Where(row => row.Id == id).TakeAndReadAsync(cancellationToken) is not { } found)
        {
            return UserAdmin.NoUser(user);
        }

        var (changes, conflicts) = Edits.Compare(ValuesOf(found, values), wanted, edit.Before, edit.Version is not null && edit.Version != found.ConcurrencyStamp);
        if (conflicts.Count > 0)
        {
            return new AdminOutcome.Conflict(found.ConcurrencyStamp ?? "", conflicts);
        }

        if (changes.Count == 0)
        {
            return new AdminOutcome.Unchanged();
        }

        var names = changes.Where(change => IsName(change.Key)).ToDictionary();
        if (names.ContainsKey(UserEdit.Email) && found.Id == by.UserId)
        {
            return new AdminOutcome.Refused([OwnEmail]);
        }

        if (isLost && names.ContainsKey(UserEdit.Email))
        {
            return new AdminOutcome.Refused([Memberships.LastAdministrator]);
        }

        var act = new OperatorAct(by, names.ContainsKey(UserEdit.Email) ? edit.Reason : null);
        if (OperatorAct.Fault(act.Reason, isRequired: names.ContainsKey(UserEdit.Email) && await IsAdministratorAsync(context, found.Id, cancellationToken)) is { } fault)
        {
            return new AdminOutcome.Refused([fault]);
        }

        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var (email, userName) = (found.Email!, found.UserName);
        Rename(users, found, names);
        if (await FaultsAsync(users, found, names) is { Count: > 0 } faults)
        {
            return new AdminOutcome.Refused(faults);
        }

        await NoteAsync(context, found, email, userName, changes, act, cancellationToken);
        var changed = memberships.Changed(context, found.Id);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return new AdminOutcome.Refused([Taken]);
        }

        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(changed);
        outbox.Wake();
        Log.Edited(logger, found.Id, by.UserId, string.Join(", ", changes.Select(change => change.Key)));
        return new AdminOutcome.Done();
    }

    private static Task<bool> IsAdministratorAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        context.AdministratorIds.ContainsAsync(userId, cancellationToken);

    private static bool IsName(string field) => field is UserEdit.Email or UserEdit.UserName;

    private static void Rename(UserManager<User> users, User user, Dictionary<string, string?> names)
    {
        if (names.TryGetValue(UserEdit.UserName, out var userName))
        {
            (user.UserName, user.NormalizedUserName) = (userName, users.NormalizeName(userName));
        }

        if (names.TryGetValue(UserEdit.Email, out var email))
        {
            (user.Email, user.NormalizedEmail) = (email ?? "", users.NormalizeEmail(email ?? ""));
        }
    }

    /// <summary>By the rules of every way in; only of what is changed, so that what was accepted once does not stand in the way.</summary>
    private static async Task<List<FieldError>> FaultsAsync(UserManager<User> users, User user, Dictionary<string, string?> names)
    {
        List<FieldError> faults = [];
        foreach (var validator in names.Count > 0 ? users.UserValidators : [])
        {
            faults.AddRange((await validator.ValidateAsync(users, user)).Errors.Select(error => UserValidator.FaultOf(error) switch
            {
                { Field: "UserName" } fault => fault with { Field = UserEdit.UserName },
                var fault => fault with { Field = UserEdit.Email },
            }));
        }

        return [.. faults.Where(fault => names.ContainsKey(fault.Field))];
    }

    /// <summary>Writes what remains to be written, the log and the mails, in the caller's transaction.</summary>
    internal async Task NoteAsync(
        PortalDbContext context, User user, string email, string? userName, IReadOnlyCollection<KeyValuePair<string, string?>> changes, OperatorAct act, CancellationToken cancellationToken)
    {
        var before = values.Of(user);
        ProfileValues.Apply(user, changes);
        user.ConcurrencyStamp = Guid.CreateVersion7().ToString();
        foreach (var (kind, prefix) in new[] { (AuditKind.ProfileChanged, PreferenceNames.ProfilePrefix), (AuditKind.PreferencesChanged, PreferenceNames.PreferencesPrefix) })
        {
            var after = changes.Where(change => change.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(change => change.Key[prefix.Length..], change => change.Value);
            if (after.Count > 0)
            {
                await audit.AddAsync(
                    context, act.Entry(kind, user.Id, ("before", after.Keys.ToDictionary(name => name, name => before[prefix + name])), ("after", after)), cancellationToken);
            }
        }

        if (user.UserName != userName)
        {
            await audit.AddAsync(context, act.Entry(AuditKind.UserNameChanged, user.Id, ("before", userName), ("after", user.UserName)), cancellationToken);
        }

        if (user.Email != email)
        {
            await ReaddressAsync(context, user, email, act, cancellationToken);
        }
    }

    private async Task ReaddressAsync(PortalDbContext context, User user, string former, OperatorAct act, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<(string, object?)> details = [("before", former), ("after", user.Email)];
        if (user.ConfirmedAt is not null)
        {
            details.Add((AddressProof.WasConfirmed, true));
        }

        (user.EmailConfirmed, user.ConfirmedAt) = (false, null);
        await audit.AddAsync(context, act.Entry(AuditKind.EmailChanged, user.Id, details), cancellationToken);
        // What lies in the former mailbox opens nothing any more, and a wish of the person is overtaken.
        await wish.CallOffAsync(context, act.Entry(AuditKind.EmailChangeStopped, user.Id), user.Id, cancellationToken);
        await context.OneTimeTokens
            .Where(token => token.UserId == user.Id && token.UsedAt == null
                && (token.Purpose == OneTimeTokenPurpose.ResetPassword || token.Purpose == OneTimeTokenPurpose.ConfirmEmail || token.Purpose == OneTimeTokenPurpose.Invitation))
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken);
        if (InvitationLinks.IsOpenFor(user))
        {
            await invitations.AddAsync(context, user, cancellationToken);
        }
        else
        {
            await confirmations.AddAsync(context, user, registered: null, isReplacement: true, cancellationToken);
        }

        await outbox.AddAsync(
            context,
            new AccountMail.EmailChanged(
                former, user.Id, user.UserName, former, user.Email!, portal.Value.AbsoluteUrl(PortalLinks.Account), MailOccasion.ByOperator(now)),
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} was edited by user {ByUserId}, null being the command line: {Fields}.")]
        public static partial void Edited(ILogger logger, long userId, long? byUserId, string fields);
    }
}
