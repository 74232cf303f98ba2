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
        var changes = wanted.Where(change => now.Values[change.Key] != change.Value && IsWish(edit, change)).ToList();
        var conflicts = changes.Where(change => IsStale(edit, now, change.Key))
            .Select(change => new ProfileConflict(change.Key, now.Values[change.Key], change.Value))
            .ToList();
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

        await ApplyAsync(context, user, asker, changes, cancellationToken);
        var changed = new AccountEvent.UserChanged(user.Id);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        var saved = await InfoAsync(context, user, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(changed);
        Log.Saved(logger, user.Id, string.Join(", ", changes.Select(change => change.Key)));
        return new ProfileOutcome.Saved(saved);
    }

    /// <summary>Who sends back what they read wants nothing, whatever it is by now.</summary>
    private static bool IsWish(ProfileEdit edit, KeyValuePair<string, string?> change) =>
        edit.Before is not { } before || !before.TryGetValue(change.Key, out var read) || read != change.Value;

    private static bool IsStale(ProfileEdit edit, ProfileInfo now, string name) => edit.Before is { } before
        ? before.GetValueOrDefault(name) != now.Values[name]
        : edit.Version is not null && edit.Version != now.Version;

    private async Task ApplyAsync(PortalDbContext context, User user, SessionAsker asker, List<KeyValuePair<string, string?>> changes, CancellationToken cancellationToken)
    {
        var profile = Under(PreferenceNames.ProfilePrefix, changes);
        if (profile.Count > 0)
        {
            user.Profile = ProfileSchema.Write(user.Profile, profile);
            await AuditAsync(AuditKind.ProfileChanged, profile);
        }

        var preferences = Under(PreferenceNames.PreferencesPrefix, changes);
        if (preferences.Count > 0)
        {
            user.Preferences = changes.Aggregate(UserPreferences.Read(user.Preferences), With).Write();
            await AuditAsync(AuditKind.PreferencesChanged, preferences);
        }

        user.ConcurrencyStamp = Guid.CreateVersion7().ToString();

        // Names only: what people write about themselves is theirs, and may be taken back.
        Task AuditAsync(AuditKind kind, Dictionary<string, string?> changed) => audit.AddAsync(context, new AuditEntry(kind, user.Id)
        {
            ActorId = user.Id,
            SessionId = asker.SessionId,
            Details = new Dictionary<string, object?> { ["fields"] = changed.Keys.ToList() },
        }, cancellationToken);
    }

    private static Dictionary<string, string?> Under(string prefix, IEnumerable<KeyValuePair<string, string?>> changes) => changes
        .Where(change => change.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(change => change.Key[prefix.Length..], change => change.Value);

    private static UserPreferences With(UserPreferences preferences, KeyValuePair<string, string?> change) => change.Key switch
    {
        PreferenceNames.Visibility => preferences with { Visibility = change.Value! },
        PreferenceNames.EmailVisibility => preferences with { EmailVisibility = change.Value! },
        PreferenceNames.Language => preferences with { Language = change.Value },
        PreferenceNames.TimeZone => preferences with { TimeZone = change.Value },
        PreferenceNames.Theme => preferences with { Theme = change.Value is "light" or "dark" ? change.Value : null },
        _ => preferences,
    };

    private async Task<ProfileInfo> InfoAsync(PortalDbContext context, User user, CancellationToken cancellationToken)
    {
        var preferences = UserPreferences.Read(user.Preferences);
        var values = schema.Values(user.Profile).ToDictionary(field => PreferenceNames.OfProfile(field.Key), field => field.Value);
        values[PreferenceNames.Visibility] = preferences.Visibility;
        values[PreferenceNames.EmailVisibility] = preferences.EmailVisibility;
        values[PreferenceNames.Language] = preferences.Language;
        values[PreferenceNames.TimeZone] = preferences.TimeZone;
        values[PreferenceNames.Theme] = preferences.Theme ?? "system";
        var picture = await context.Pictures.Where(row => row.UserId == user.Id).Select(row => row.Version).SingleOrDefaultAsync(cancellationToken);
        return new ProfileInfo(user.Id, user.Email!, user.UserName, values, picture, user.ConcurrencyStamp ?? "");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} changed {Fields}.")]
        public static partial void Saved(ILogger logger, long userId, string fields);
    }
}
