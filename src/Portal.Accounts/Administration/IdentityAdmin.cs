using System.Globalization;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

internal sealed class IdentityAdmin(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    ILookupNormalizer normalizer,
    WaysIn ways,
    SessionEnder ender,
    AccountEvents events,
    AuditLog audit,
    Outbox outbox,
    TimeProvider time,
    IOptions<ExternalProvidersOptions> providers,
    IOptions<PortalOptions> portal) : IIdentityAdmin
{
    private const int MaxMethods = 20;

    private static readonly FieldError LastWayIn = new("Identity", "This is the person's last way in: they have no other with which this site lets people sign in. Have them add one first.");

    public async Task<IdentityList> ListAsync(
        IdentityFilter filter, IdentitySort sort, bool isDescending, ListWindow? window, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (rows, total) = await MatchAsync(context, filter, cancellationToken);
        var page = sort is IdentitySort.ExternalId
            ? await ReadAsync(rows, row => row.ProviderKey, isDescending, window ?? new ListWindow(), total, cancellationToken)
            : await ReadAsync(rows, row => row.CreatedAt, isDescending, window ?? new ListWindow(), total, cancellationToken);
        return new IdentityList(
            page.With(await InfosAsync(context, page.Results, cancellationToken)),
            await MethodsAsync(context, cancellationToken));
    }

    public async Task<IdentityInfo?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.UserLogins.AsNoTracking().Where(row => row.Id == id).ToListAsync(cancellationToken);
        return (await InfosAsync(context, rows, cancellationToken)).SingleOrDefault();
    }

    public async Task<AdminOutcome> DeleteAsync(string id, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: true, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await context.UserLogins.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } found)
        {
            return new AdminOutcome.NotFound("There is no such linked identity.");
        }

        // The user's row first, so that of two links that go at once one stays.
        if (await context.Users.Where(user => user.Id == found.UserId).TakeAndReadAsync(cancellationToken) is not { } person)
        {
            return new AdminOutcome.NotFound("There is no such linked identity.");
        }

        // Whoever is left a way in stays an administrator who can sign in, too.
        if (!await ways.RemainWithoutIdentityAsync(context, person.Id, id, cancellationToken))
        {
            return new AdminOutcome.Refused([LastWayIn]);
        }

        if (await context.UserLogins.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return new AdminOutcome.NotFound("There is no such linked identity.");
        }

        // What the identity opened closes with it, as when its provider says that it is over.
        var ended = await ender.MarkAsync(
            context,
            SessionFilter.OfProvider(found.LoginProvider, found.ProviderKey, providerSessionId: null),
            new SessionEnd(SessionEndReason.Administrator, by.UserId, by.SessionId),
            cancellationToken);
        var provider = providers.Value.Find(found.LoginProvider)?.DisplayName ?? found.ProviderDisplayName ?? found.LoginProvider;
        await audit.AddAsync(context, new AuditEntry(AuditKind.IdentityUnlinked, found.UserId)
        {
            ActorId = by.UserId,
            SessionId = by.SessionId,
            Details = new Dictionary<string, object?> { ["provider"] = provider, ["external_id"] = found.ProviderKey },
        }, cancellationToken);
        await outbox.AddAsync(context, new AccountMail.IdentityUnlinked(
            person.Email!, person.Id, person.UserName, provider, portal.Value.AbsoluteUrl(PortalLinks.Identities), MailOccasion.ByOperator(time.GetUtcNow()),
            IsByAdministrator: true), cancellationToken);
        var changed = new AccountEvent.UserChanged(found.UserId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        var count = ender.Announce(ended);
        events.Publish(changed);
        outbox.Wake();
        return new AdminOutcome.Done(count);
    }

    private static Task<ListPage<UserIdentity>> ReadAsync<TKey>(
        IQueryable<UserIdentity> rows, Expression<Func<UserIdentity, TKey>> key, bool isDescending, ListWindow window, ListTotal total, CancellationToken cancellationToken) =>
        new Keyset<UserIdentity, TKey, string>(key, row => row.Id, isDescending).ReadAsync(rows, window, total, cancellationToken);

    /// <summary>Few are found through the indexes of what is sought; many are walked to in the order of the list, so that a page is full after few steps.</summary>
    private async Task<(IQueryable<UserIdentity> Rows, ListTotal Total)> MatchAsync(PortalDbContext context, IdentityFilter filter, CancellationToken cancellationToken)
    {
        var rows = context.UserLogins.AsNoTracking();
        if (filter.Method is { } method)
        {
            rows = rows.Where(row => row.LoginProvider == method);
        }

        if (TypedText.Normalize(filter.Search) is not { Length: > 0 } text)
        {
            return (rows, await rows.TotalAsync(cancellationToken));
        }

        var keys = rows.Beginning(context, row => row.ProviderKey, text);
        var addresses = context.Users.Beginning(context, user => user.NormalizedEmail, normalizer.NormalizeEmail(text)!);
        var names = context.Users.Beginning(context, user => user.NormalizedUserName, normalizer.NormalizeName(text)!);
        HashSet<long> people = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? [number] : [];
        foreach (var some in new[] { addresses, names })
        {
            people.UnionWith(await some.Select(user => user.Id).Take(ListTotal.Most + 1).ToListAsync(cancellationToken));
        }

        HashSet<string> found = [.. await keys.Select(row => row.Id).Take(ListTotal.Most + 1).ToListAsync(cancellationToken)];
        if (people.Count <= ListTotal.Most && found.Count <= ListTotal.Most)
        {
            List<long> ids = [.. people];
            found.UnionWith(await rows.Where(row => EF.Parameter(ids).Contains(row.UserId)).Select(row => row.Id).ToListAsync(cancellationToken));
            List<string> few = [.. found];
            var chosen = context.RowsOf(few);
            return (rows.Where(row => chosen.Contains(row.Id)), new ListTotal(few.Count));
        }

        var (from, to) = context.RangeOf(text);
        var many = rows.Where(row => row.UserId == number
            || (string.Compare(row.ProviderKey, from) >= 0 && string.Compare(row.ProviderKey, to) < 0)
            || addresses.Any(user => user.Id == row.UserId)
            || names.Any(user => user.Id == row.UserId));
        return (many, await many.TotalAsync(cancellationToken));
    }

    /// <summary>From one site to the next along the index, instead of reading every row to find the few that differ.</summary>
    private static async Task<IReadOnlyDictionary<string, ListTotal>> MethodsAsync(PortalDbContext context, CancellationToken cancellationToken)
    {
        SortedDictionary<string, ListTotal> methods = new(StringComparer.Ordinal);
        var last = "";
        while (methods.Count < MaxMethods)
        {
            var next = await context.UserLogins.Where(row => string.Compare(row.LoginProvider, last) > 0)
                .OrderBy(row => row.LoginProvider).Select(row => row.LoginProvider).FirstOrDefaultAsync(cancellationToken);
            if (next is null)
            {
                break;
            }

            methods[next] = await context.UserLogins.Where(row => row.LoginProvider == next).TotalAsync(cancellationToken);
            last = next;
        }

        return methods;
    }

    private static async Task<IReadOnlyList<IdentityInfo>> InfosAsync(PortalDbContext context, IReadOnlyList<UserIdentity> rows, CancellationToken cancellationToken)
    {
        List<long> ids = [.. rows.Select(row => row.UserId).Distinct()];
        var users = await context.Users.Where(user => ids.Contains(user.Id)).Select(user => new { user.Id, user.Email, user.UserName })
            .ToDictionaryAsync(user => user.Id, cancellationToken);
        // Whose person was deleted between the two questions is left out.
        return [.. rows.Where(row => users.ContainsKey(row.UserId)).Select(row => new IdentityInfo(
            row.Id, row.LoginProvider, row.ProviderDisplayName, row.ProviderKey, row.UserId, users[row.UserId].Email ?? "", users[row.UserId].UserName, row.CreatedAt))];
    }
}
