using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>The door: reads by itself, and leads to who changes what.</summary>
internal sealed class UserAdmin(
    IDbContextFactory<PortalDbContext> contexts,
    AccountCreation creation,
    UserModeration moderation,
    UserEditing editing,
    UserSearch search,
    WaysIn ways,
    FactorRemoval factors,
    ProfileSchema schema,
    ProfileValues values) : IUserAdmin
{
    public Task<AdminOutcome> CreateAsync(NewUser user, Operator by, CancellationToken cancellationToken) =>
        creation.CreateAsync(user, by, cancellationToken);

    public Task<AdminOutcome> InviteAsync(Invitation invitation, Operator by, CancellationToken cancellationToken) =>
        creation.InviteAsync(invitation, by, cancellationToken);

    public async Task<UserInfo?> FindAsync(string user, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await search.FindAsync(context, user, cancellationToken) is { } found
            ? (await InfosAsync(context, context.Users.Where(row => row.Id == found.Id), cancellationToken)).SingleOrDefault()
            : null;
    }

    public async Task<UserDetails?> DetailsAsync(string user, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await search.FindAsync(context, user, cancellationToken) is not { } found
            || (await InfosAsync(context, context.Users.Where(row => row.Id == found.Id), cancellationToken)).SingleOrDefault() is not { } info)
        {
            return null;
        }

        var providers = await context.UserLogins.Where(row => row.UserId == found.Id).OrderBy(row => row.LoginProvider)
            .Select(row => row.ProviderDisplayName ?? row.LoginProvider).ToListAsync(cancellationToken);
        var passkeys = await context.UserPasskeys.AsNoTracking().Where(row => row.UserId == found.Id).ToListAsync(cancellationToken);
        return new UserDetails
        {
            User = info,
            Values = UserEditing.ValuesOf(found, values),
            Fields = schema.Fields,
            Version = found.ConcurrencyStamp ?? "",
            HasPassword = found.PasswordHash is not null,
            Providers = providers,
            // When one was added stands in what the database keeps as one text.
            Passkeys = [.. passkeys.OrderBy(row => row.Data.CreatedAt).Select(row => new UserPasskeyInfo(row.Id, row.Data.Name ?? "", row.Data.CreatedAt, row.LastUsedAt))],
            AppSince = await context.Authenticators.Where(row => row.UserId == found.Id).Select(row => (DateTimeOffset?)row.ConfirmedAt).SingleOrDefaultAsync(cancellationToken),
            RecoveryCodesLeft = await context.RecoveryCodes.CountAsync(row => row.UserId == found.Id && row.UsedAt == null, cancellationToken),
            CanSignIn = await ways.Able(context).AnyAsync(row => row.Id == found.Id, cancellationToken),
            CanBeSentLink = moderation.WhyNoLink(found) is null,
            NewEmail = found.NewEmail,
            IsDomainBlocked = found.Domain is { } domain && await EmailDomainRules.StatusOfAsync(context, domain, cancellationToken) is EmailDomainStatus.Blocked,
            SignIns = await context.LoginInformation.Where(row => row.UserId == found.Id).Select(row => row.LoginCount).SingleOrDefaultAsync(cancellationToken),
        };
    }

    public Task<AdminOutcome> MoveAsync(string user, UserMove move, string? reason, Operator by, CancellationToken cancellationToken) =>
        moderation.MoveAsync(user, move, new OperatorAct(by, reason), cancellationToken);

    public Task<AdminOutcome> ActivateAsync(string user, Operator by, CancellationToken cancellationToken) =>
        MoveAsync(user, UserMove.Activate, reason: null, by, cancellationToken);

    public Task<AdminOutcome> DeactivateAsync(string user, Operator by, CancellationToken cancellationToken) =>
        MoveAsync(user, UserMove.Deactivate, reason: null, by, cancellationToken);

    public Task<AdminOutcome> EditAsync(string user, UserEdit edit, Operator by, CancellationToken cancellationToken) =>
        editing.EditAsync(user, edit, by, cancellationToken);

    public Task<AdminOutcome> SendResetAsync(string user, Operator by, CancellationToken cancellationToken) =>
        moderation.SendLinkAsync(user, new OperatorAct(by), cancellationToken);

    public Task<AdminOutcome> RemoveFactorAsync(string user, string? reason, Operator by, CancellationToken cancellationToken) =>
        factors.RemoveAsync(user, new OperatorAct(by, reason), cancellationToken);

    public Task<AdminOutcome> RemovePasskeyAsync(string user, string passkey, string? reason, Operator by, CancellationToken cancellationToken) =>
        factors.RemovePasskeyAsync(user, passkey, new OperatorAct(by, reason), cancellationToken);

    public Task<AdminOutcome> DeleteAsync(string user, string? reason, Operator by, string? version, CancellationToken cancellationToken) =>
        moderation.DeleteAsync(user, new OperatorAct(version is null ? by : by with { Seen = version }, reason), cancellationToken);

    internal static AdminOutcome NoUser(string user) => new AdminOutcome.NotFound($"There is no user \"{user}\".");

    private static async Task<IReadOnlyList<UserInfo>> InfosAsync(PortalDbContext context, IQueryable<User> users, CancellationToken cancellationToken) =>
        await users.Select(user => new UserInfo
        {
            Id = user.Id,
            Email = user.Email!,
            UserName = user.UserName,
            IsActive = user.IsActive,
            ConfirmedAt = user.ConfirmedAt,
            BlockedAt = user.BlockedAt,
            VerifiedAt = user.VerifiedAt,
            HasTooManyWrongPasswords = user.PasswordHash != null && user.AccessFailedCount >= WrongPasswords.MaxInARow,
            SignedInAt = user.SignedInAt == DateTimeOffset.MinValue ? null : user.SignedInAt,
            PreviousSignInAt = user.LoginInformation!.LastLoginAt,
            CreatedAt = user.CreatedAt,
            Roles = context.UserRoles.Where(member => member.UserId == user.Id)
                .Join(context.Roles, member => member.RoleId, role => role.Id, (member, role) => role)
                .OrderBy(role => role.Name)
                .Select(role => new RoleInfo(role.Id, role.Name!, role.Description, role.IsManaged))
                .ToList(),
        }).AsNoTracking().ToListAsync(cancellationToken);
}
