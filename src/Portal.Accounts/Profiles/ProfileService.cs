using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

internal sealed partial class ProfileService(
    IDbContextFactory<PortalDbContext> contexts,
    ProfileSchema schema,
    ProfileRules rules,
    ProfileValues values,
    AttemptLimiter limiter,
    AuditLog audit,
    AccountEvents events,
    IOptions<RateLimitsOptions> limits,
    ILogger<ProfileService> logger) : IProfileService
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.Profile)!;

    public IReadOnlyList<ProfileField> Fields => schema.Fields;

    public async Task<ProfileInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await OwnAccount.Of(context, asker).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } user
            ? await InfoAsync(context, user, cancellationToken)
            : null;
    }

    public async Task<ProfileOutcome> SaveAsync(ClaimsPrincipal person, ProfileEdit edit, CancellationToken cancellationToken)
    {
        var (wanted, errors) = rules.Check(edit.Changes);
        if (errors.Count > 0)
        {
            return new ProfileOutcome.Invalid(errors);
        }

        if (SessionAsker.Of(person) is not { } asker)
        {
            return new ProfileOutcome.Gone();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await OwnAccount.Of(context, asker).TakeAndReadAsync(cancellationToken) is not { } user)
        {
            return new ProfileOutcome.Gone();
        }

        var now = await InfoAsync(context, user, cancellationToken);
        var (changes, conflicts) = Edits.Compare(now.Values, wanted, edit.Before, edit.Version is not null && edit.Version != now.Version);
        if (conflicts.Count > 0)
        {
            return new ProfileOutcome.Conflict(now, conflicts);
        }

        if (changes.Count == 0)
        {
            return new ProfileOutcome.Saved(now);
        }

        var (receipt, retryAfter) = limiter.TryCount(($"profile:{user.Id}", limit));
        if (receipt is null)
        {
            return new ProfileOutcome.Throttled(retryAfter);
        }

        await ApplyAsync(context, user, asker, person.IsImpersonated(), changes, cancellationToken);
        var changed = new AccountEvent.UserChanged(user.Id);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        var saved = await InfoAsync(context, user, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(changed);
        Log.Saved(logger, user.Id, string.Join(", ", changes.Select(change => change.Key)));
        return new ProfileOutcome.Saved(saved);
    }

    private async Task ApplyAsync(
        PortalDbContext context, User user, SessionAsker asker, bool isImpersonated, IReadOnlyCollection<KeyValuePair<string, string?>> changes, CancellationToken cancellationToken)
    {
        var before = values.Of(user);
        var (profile, preferences) = ProfileValues.Apply(user, changes);
        var after = values.Of(user);
        await AuditAsync(AuditKind.ProfileChanged, PreferenceNames.ProfilePrefix, profile);
        await AuditAsync(AuditKind.PreferencesChanged, PreferenceNames.PreferencesPrefix, preferences);
        user.ConcurrencyStamp = Guid.CreateVersion7().ToString();

        Task AuditAsync(AuditKind kind, string prefix, IReadOnlyCollection<string> changed)
        {
            return changed.Count == 0 ? Task.CompletedTask : audit.AddAsync(context, new AuditEntry(kind, user.Id)
            {
                ActorId = user.Id,
                SessionId = asker.SessionId,
                // What people write about themselves is theirs, and may be taken back: names only. What an administrator makes of it is to be accounted for.
                Details = isImpersonated
                    ? new Dictionary<string, object?> { ["before"] = Under(before), ["after"] = Under(after) }
                    : new Dictionary<string, object?> { ["fields"] = changed },
            }, cancellationToken);

            Dictionary<string, string?> Under(Dictionary<string, string?> all) => changed.ToDictionary(name => name, name => all[prefix + name]);
        }
    }

    private async Task<ProfileInfo> InfoAsync(PortalDbContext context, User user, CancellationToken cancellationToken)
    {
        var picture = await context.Pictures.Where(row => row.UserId == user.Id).Select(row => row.Version).SingleOrDefaultAsync(cancellationToken);
        return new ProfileInfo(user.Id, user.Email!, user.UserName, values.Of(user), picture, user.ConcurrencyStamp ?? "");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} changed {Fields}.")]
        public static partial void Saved(ILogger logger, long userId, string fields);
    }
}
