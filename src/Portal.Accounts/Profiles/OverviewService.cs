using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Agents;
using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

internal sealed class OverviewService(
    IDbContextFactory<PortalDbContext> contexts, ProfileSchema schema, LiveCircuits circuits, TimeProvider time, IOptions<AccountsOptions> accounts) : IOverviewService
{
    /// <summary>The field of the profile that holds what somebody is called; a deployment need not have it.</summary>
    private const string NameField = "full_name";

    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(7);

    public async Task<OverviewInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var isImpersonated = person.IsImpersonated();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var open = EmailWish.OpenLinks(context, now);
        var found = await OwnAccount.Of(context, asker).Select(user => new
        {
            user.Email,
            user.UserName,
            user.Profile,
            user.EmailConfirmed,
            user.NewEmail,
            NewEmailExpiresAt = open.Where(link => link.UserId == user.Id).Max(link => (DateTimeOffset?)link.ExpiresAt),
            HasPassword = user.PasswordHash != null,
            HasPasskey = context.UserPasskeys.Any(row => row.UserId == user.Id),
            user.HasShortPassword,
            HasSecondFactor = context.Authenticators.Any(row => row.UserId == user.Id),
            RecoveryCodesLeft = context.RecoveryCodes.Count(row => row.UserId == user.Id && row.UsedAt == null),
            user.CreatedAt,
            LastLoginAt = isImpersonated ? user.LoginInformation!.CurrentLoginAt : user.LoginInformation!.LoginCount > 1 ? user.LoginInformation.LastLoginAt : null,
            Roles = context.UserRoles.Where(member => member.UserId == user.Id)
                .Join(context.Roles, member => member.RoleId, role => role.Id, (member, role) => role.Name!)
                .OrderBy(name => name)
                .ToList(),
            Sessions = context.Sessions.Where(session => session.UserId == user.Id && session.EndedAt == null && session.ImpersonatorId == null)
                .Select(session => new { session.Id, session.Browser, session.LastSeenAt })
                .ToList(),
        }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var hasName = schema.Values(found.Profile).TryGetValue(NameField, out var name);
        return new OverviewInfo
        {
            Email = found.Email!,
            UserName = found.UserName,
            FullName = string.IsNullOrEmpty(name) ? null : name,
            IsNameMissing = hasName && string.IsNullOrEmpty(name),
            IsEmailConfirmed = found.EmailConfirmed,
            NewEmail = found.NewEmail,
            NewEmailExpiresAt = found.NewEmailExpiresAt,
            HasPassword = found.HasPassword && accounts.Value.LocalLogin,
            LacksPasskey = !found.HasPasskey && accounts.Value.LocalLogin,
            HasSecondFactor = found.HasSecondFactor,
            RecoveryCodesLeft = found.RecoveryCodesLeft,
            IsPasswordShort = found.HasShortPassword && !found.HasSecondFactor,
            Roles = found.Roles,
            CreatedAt = found.CreatedAt,
            LastLoginAt = found.LastLoginAt,
            Sessions = found.Sessions.Count,
            SessionsOnline = found.Sessions.Count(session => circuits.TabsOf(session.Id) > 0),
            SessionsInDoubt = found.Sessions.Count(session => session.Id != asker.SessionId
                && circuits.TabsOf(session.Id) == 0
                && (session.Browser is AgentInfo.Unknown || session.LastSeenAt < now - ForgottenAfter)),
        };
    }
}
