using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>The rows that an operator's choice of live sessions means.</summary>
/// <remarks>
/// Of several filters one is served by its index, the narrowest, and the others look at what that leaves. SQLite would choose
/// by guess and may walk through a million sessions of one browser to find one of a country; so the others are written in a
/// way that no index serves.
/// </remarks>
internal sealed class ChosenSessions(UserSearch search, LiveCircuits circuits)
{
    /// <summary>No administrator acts as others for longer than an hour, so there are few.</summary>
    private const int MaxImpersonations = 1000;

    /// <summary>By the reason, as the indexes have it: see there.</summary>
    public static IQueryable<UserSession> Live(PortalDbContext context) => context.Sessions.Where(session => session.EndReason == null);

    /// <summary>Finds out who is meant and which filter is narrowest, a few short queries; the rows are left to the caller to ask for.</summary>
    public async Task<IQueryable<UserSession>> OfAsync(PortalDbContext context, SessionChoice which, CancellationToken cancellationToken)
    {
        var live = Live(context);
        if (which.Ids is { } chosen)
        {
            return Among(live, [.. chosen.Where(SessionIds.IsWellFormed).Distinct()]);
        }

        var asked = which.Search!;
        if (asked.Since is { } since)
        {
            // Ids are by age.
            var earliest = SessionIds.Earliest(since);
            live = live.Where(session => string.Compare(session.Id, earliest) >= 0);
        }

        if (asked.User is { } user)
        {
            return await search.FindAsync(context, user, cancellationToken) is { Id: var id }
                ? Others(Opened(await ActedInAsync(context, live.Where(session => session.UserId == id), asked, cancellationToken), asked), asked)
                : live.Where(session => false);
        }

        if (asked.IsImpersonation || asked.IsOnline)
        {
            return Others(Opened(await ActedInAsync(context, live, asked, cancellationToken), asked), asked);
        }

        return await NarrowestAsync(live, asked, cancellationToken);
    }

    /// <summary>Those with a connected tab on this node.</summary>
    public IQueryable<UserSession> Online(IQueryable<UserSession> rows) => Among(rows, [.. circuits.OnlineIds]);

    // One parameter that holds the list, however long it is.
    private static IQueryable<UserSession> Among(IQueryable<UserSession> rows, List<string> ids) => rows.Where(session => EF.Parameter(ids).Contains(session.Id));

    private IQueryable<UserSession> Opened(IQueryable<UserSession> rows, SessionSearch asked) => asked.IsOnline ? Online(rows) : rows;

    private static async Task<IQueryable<UserSession>> ActedInAsync(
        PortalDbContext context, IQueryable<UserSession> rows, SessionSearch asked, CancellationToken cancellationToken) => asked.IsImpersonation
        ? Among(rows, await Live(context).Where(session => session.ImpersonatorId != null).Select(session => session.Id).Take(MaxImpersonations).ToListAsync(cancellationToken))
        : rows;

    private static async Task<IQueryable<UserSession>> NarrowestAsync(IQueryable<UserSession> rows, SessionSearch asked, CancellationToken cancellationToken)
    {
        List<(IQueryable<UserSession> Rows, SessionSearch Others)> ways = [];
        if (asked.Ip is { } ip)
        {
            ways.Add((rows.Where(session => session.Ip == ip), asked with { Ip = null }));
        }

        if (asked.Country is { } country)
        {
            ways.Add((rows.Where(session => session.Country == country), asked with { Country = null }));
        }

        if (asked.Browser is { } browser)
        {
            ways.Add((rows.Where(session => session.Browser == browser), asked with { Browser = null }));
        }

        if (asked.Os is { } os)
        {
            ways.Add((rows.Where(session => session.Os == os), asked with { Os = null }));
        }

        if (ways.Count < 2)
        {
            return ways is [var only] ? only.Rows : rows;
        }

        List<(long Count, int At)> counts = [];
        foreach (var (narrowed, _) in ways)
        {
            counts.Add(((await narrowed.TotalAsync(cancellationToken)).Count, counts.Count));
        }

        var (best, rest) = ways[counts.Min().At];
        return Others(best, rest);
    }

    /// <summary>The filters that no index is to serve: what is put together from a column is none.</summary>
    private static IQueryable<UserSession> Others(IQueryable<UserSession> rows, SessionSearch asked)
    {
        rows = asked.Ip is { } ip ? rows.Where(session => session.Ip + "" == ip) : rows;
        rows = asked.Country is { } country ? rows.Where(session => session.Country + "" == country) : rows;
        rows = asked.Browser is { } browser ? rows.Where(session => session.Browser + "" == browser) : rows;
        return asked.Os is { } os ? rows.Where(session => session.Os + "" == os) : rows;
    }
}
