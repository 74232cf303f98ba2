using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>Turns a filter into a query, after a look at how many it leaves: up to <see cref="ListTotal.Most"/> are few, more are many.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Few are found through the index of what is sought, and then sorted.</item>
/// <item>Many are walked to: in the order of the list, each row held against the filter, so that a page is full after few
/// steps. Conditions are then written so that no index of theirs tempts the database away from that order.</item>
/// <item>Many that hold a text, or begin with a short one, come as its indexes find them: somewhere else in the order they
/// may all lie at the far end.</item>
/// </list>
/// </remarks>
internal sealed class UserFilters(LiveCircuits circuits, IOptions<RateLimitsOptions> limits, TimeProvider time)
{
    /// <summary>In characters. Shorter texts have no place in an index of three letters each: of them the beginnings are sought.</summary>
    private const int ShortestAnywhere = 3;

    private readonly TimeSpan lockedFor = RateLimit.Parse(limits.Value.SignIn)!.Window;

    /// <summary>Who matches, in no order.</summary>
    public async Task<IQueryable<User>> FindAsync(PortalDbContext context, UserFilter filter, CancellationToken cancellationToken)
    {
        var match = await MatchAsync(context, filter, cancellationToken);
        return match.Hits is not { Ids: var ids } ? match.Users
            : match.Exact is { } id ? Joined(ids.Union(context.Users.Where(user => user.Id == id).Select(user => user.Id)), match.Users)
            : Joined(ids, match.Users);
    }

    /// <summary>Who matches, and how a list of them is quick.</summary>
    public async Task<UserMatch> MatchAsync(PortalDbContext context, UserFilter filter, CancellationToken cancellationToken)
    {
        if (filter.IsEmpty)
        {
            return new UserMatch(context.Users, await KeptTotalAsync(context, filter, cancellationToken));
        }

        if (Text(filter) is not { } text)
        {
            if (filter.HasText)
            {
                // Half a character or the like: nobody's, and never as if no text were sought.
                return new UserMatch(Only(context, []), new ListTotal(0));
            }

            // First who, then in which order: asked for both at once the database may rather look through everybody in that order.
            var total = await CountAsync(context, filter, cancellationToken);
            return total.IsFew && await (await FewAsync(context, filter, cancellationToken)).Select(user => user.Id).FewAsync(cancellationToken) is { } ids
                ? new UserMatch(Only(context, ids), total)
                : new UserMatch(Walk(context, filter, context.Users), total);
        }

        var beginning = new BeginningHits(context, text);
        return text.EnumerateRunes().Count() < ShortestAnywhere ? await MatchAsync(context, filter, text, beginning, cancellationToken)
            : context.UserIdsByText(text) is { } holding ? await MatchAsync(context, filter, text, new HoldingHits(text, holding, beginning), cancellationToken)
            : await LookThroughAsync(context, filter, text, cancellationToken);
    }

    /// <summary>How many match a filter without a text.</summary>
    public Task<ListTotal> CountAsync(PortalDbContext context, UserFilter filter, CancellationToken cancellationToken) =>
        filter is { Role: null, IsLocked: false, IsOnline: false }
            ? KeptTotalAsync(context, filter, cancellationToken)
            : Find(context, filter, context.Users).TotalAsync(cancellationToken);

    private async Task<UserMatch> MatchAsync(PortalDbContext context, UserFilter filter, string text, ITextHits hits, CancellationToken cancellationToken)
    {
        var users = Walk(context, filter, context.Users);
        var found = await hits.FewAsync(cancellationToken) ?? await NarrowedAsync(context, filter with { Text = null }, hits, cancellationToken);
        if (found is null)
        {
            return new UserMatch(users, ListTotal.Many) { Hits = hits, Exact = Id(text) };
        }

        var few = Walk(context, filter, Only(context, Id(text) is { } id ? [.. found.Append(id).Distinct()] : found));
        return new UserMatch(few, await few.TotalAsync(cancellationToken));
    }

    /// <summary>Of very many whom a text finds, the few whom the other conditions leave; null where those leave very many, too.</summary>
    private async Task<IReadOnlyList<long>?> NarrowedAsync(PortalDbContext context, UserFilter others, ITextHits hits, CancellationToken cancellationToken)
    {
        if (others.IsEmpty)
        {
            return null;
        }

        // From the side that is few: held against the text one by one they are soon looked through.
        return (await CountAsync(context, others, cancellationToken)).IsFew
            ? await hits.Among(await FewAsync(context, others, cancellationToken)).Select(user => user.Id).FewAsync(cancellationToken)
            : await Joined(hits.Ids, Walk(context, others, context.Users)).Select(user => user.Id).FewAsync(cancellationToken);
    }

    /// <summary>Where there is no index of texts, each row is held against it.</summary>
    private async Task<UserMatch> LookThroughAsync(PortalDbContext context, UserFilter filter, string text, CancellationToken cancellationToken)
    {
        var id = Id(text) ?? 0;
        var holding = context.Users.Where(user =>
            user.NormalizedEmail!.Contains(text) || user.SortUserName.Contains(text) || user.NormalizedFullName.Contains(text) || user.Id == id);
        var found = Find(context, filter, holding);
        // Once for their number and for who they are: each look is at the whole table.
        return await found.Select(user => user.Id).FewAsync(cancellationToken) is { } ids
            ? new UserMatch(Only(context, ids), new ListTotal(ids.Count))
            : new UserMatch(Walk(context, filter, holding), ListTotal.Many);
    }

    /// <summary>What the database keeps count of: states and second factors, also of one domain.</summary>
    private static async Task<ListTotal> KeptTotalAsync(PortalDbContext context, UserFilter filter, CancellationToken cancellationToken)
    {
        var counts = context.UserCounts.AsNoTracking();
        counts = filter.Domain is { } domain ? counts.Where(row => row.Domain == domain) : counts;
        counts = filter.IsVerified ? counts.Where(row => row.IsVerified) : counts;
        counts = filter.HasSecondFactor is { } hasOne ? counts.Where(row => row.HasSecondFactor == hasOne) : counts;
        counts = filter.State switch
        {
            UserState.Blocked => counts.Where(row => row.IsBlocked),
            UserState.Inactive => counts.Where(row => !row.IsBlocked && !row.IsActive),
            UserState.Unconfirmed => counts.Where(row => !row.IsBlocked && row.IsActive && !row.IsConfirmed),
            UserState.Active => counts.Where(row => !row.IsBlocked && row.IsActive && row.IsConfirmed),
            _ => counts,
        };
        return new ListTotal(await counts.SumAsync(row => row.Count, cancellationToken));
    }

    /// <summary>The users of some ids, which travel as one parameter that holds the list, however long it is.</summary>
    private static IQueryable<User> Only(PortalDbContext context, IReadOnlyList<long> ids) => context.Users.Where(user => EF.Parameter(ids).Contains(user.Id));

    /// <summary>The users of a text's ids, in the order of the ids.</summary>
    public static IQueryable<User> Joined(IQueryable<long> ids, IQueryable<User> users) => ids.Join(users, id => id, user => user.Id, (id, user) => user);

    /// <summary>
    /// The few whom a filter leaves, through an index of what it seeks. A domain or being verified leads to fewer than a second
    /// factor, unless nearly everybody is of that domain, or verified.
    /// </summary>
    private async Task<IQueryable<User>> FewAsync(PortalDbContext context, UserFilter filter, CancellationToken cancellationToken)
    {
        if (filter is { HasSecondFactor: { } hasOne, Role: null, IsLocked: false, IsOnline: false } and not { Domain: null, IsVerified: false })
        {
            var others = filter with { HasSecondFactor = null };
            var (byFactor, byOthers) = (
                await KeptTotalAsync(context, new UserFilter { HasSecondFactor = hasOne }, cancellationToken),
                await KeptTotalAsync(context, others, cancellationToken));
            if (byFactor.Count < byOthers.Count)
            {
                return Walk(context, others, context.Users.Where(user => user.TwoFactorEnabled == hasOne));
            }
        }

        return Find(context, filter, context.Users);
    }

    /// <summary>Conditions that lead through an index of what they seek.</summary>
    private IQueryable<User> Find(PortalDbContext context, UserFilter filter, IQueryable<User> users)
    {
        if (filter.State is { } state)
        {
            users = users.Where(user => user.State == state);
        }

        if (filter.IsVerified)
        {
            users = users.Where(user => user.VerifiedAt != null);
        }

        if (filter.HasSecondFactor is { } hasOne)
        {
            // Nearly everybody may be on one side: what else is sought mostly leads to fewer.
            users = filter is { Role: null, Domain: null, IsVerified: false, IsLocked: false, IsOnline: false }
                ? users.Where(user => user.TwoFactorEnabled == hasOne)
                : WithFactor(users, hasOne);
        }

        if (filter.Domain is { } domain)
        {
            users = users.Where(user => user.Domain == domain);
        }

        if (filter.Role is { } role)
        {
            var name = NameOf(role);
            users = users.Where(user => context.Roles.Where(found => found.NormalizedName == name)
                .Join(context.UserRoles, found => found.Id, member => member.RoleId, (found, member) => member.UserId).Contains(user.Id));
        }

        return Passing(context, filter, users);
    }

    /// <summary>The same conditions, such that no index of theirs can be used.</summary>
    private IQueryable<User> Walk(PortalDbContext context, UserFilter filter, IQueryable<User> users)
    {
        if (filter.State is { } state)
        {
            var number = (int)state;
            users = users.Where(user => (int)user.State + 0 == number);
        }

        if (filter.IsVerified)
        {
            users = users.Where(user => (user.VerifiedAt ?? DateTimeOffset.MinValue) > DateTimeOffset.MinValue);
        }

        if (filter.HasSecondFactor is { } hasOne)
        {
            users = WithFactor(users, hasOne);
        }

        if (filter.Domain is { } domain)
        {
            users = users.Where(user => (user.Domain ?? "") == domain);
        }

        if (filter.Role is { } role)
        {
            var name = NameOf(role);
            users = users.Where(user => context.UserRoles.Any(member => member.UserId == user.Id
                && context.Roles.Any(found => found.Id == member.RoleId && found.NormalizedName == name)));
        }

        return Passing(context, filter, users);
    }

    private static IQueryable<User> WithFactor(IQueryable<User> users, bool hasOne)
    {
        var number = hasOne ? 1 : 0;
        return users.Where(user => (user.TwoFactorEnabled ? 1 : 0) == number);
    }

    /// <summary>What is known of a few people at a time.</summary>
    public IQueryable<User> Passing(PortalDbContext context, UserFilter filter, IQueryable<User> users)
    {
        if (filter.IsLocked)
        {
            var (since, throttled) = (time.GetUtcNow() - lockedFor, AuditKind.SignInThrottled.ToName());
            // Both lists first, each by its index, and not sorted into one: held against either, everybody would be looked at.
            users = users.Where(user => context.AuditEvents
                .Where(happened => happened.Kind == throttled && happened.At > since)
                .Select(happened => happened.SubjectId)
                .Concat(context.Users
                    .Where(guessed => guessed.AccessFailedCount >= WrongPasswords.MaxInARow && guessed.PasswordHash != null)
                    .Select(guessed => (long?)guessed.Id))
                .Contains(user.Id));
        }

        if (filter.IsOnline)
        {
            var online = circuits.OnlineUserIds;
            users = users.Where(user => EF.Parameter(online).Contains(user.Id));
        }

        return users;
    }

    private static string NameOf(string role) => TypedText.Normalize(role)?.ToUpperInvariant() ?? "";

    private static string? Text(UserFilter filter) => TypedText.Normalize(filter.Text) is { Length: > 0 } text ? text.ToUpperInvariant() : null;

    private static long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
