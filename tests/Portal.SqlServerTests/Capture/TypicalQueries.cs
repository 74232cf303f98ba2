using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Accounts.Users;

namespace Portal.SqlServerTests.Capture;

/// <summary>The shapes that rooms write in variations: lists, searches, counts, bulk changes, transactions.</summary>
internal static class TypicalQueries
{
    private static readonly DateTimeOffset Now = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static IReadOnlyList<CapturedOperation> All =>
    [
        Query("a page of a filtered list", (context, cancellation) => context.Users
            .Where(user => user.IsActive && (user.NormalizedEmail!.Contains("ADA") || user.NormalizedUserName!.StartsWith("ADA")))
            .OrderByDescending(user => user.CreatedAt).ThenBy(user => user.Id)
            .Skip(20).Take(10)
            .Select(user => new { user.Id, user.Email, user.CreatedAt, Last = user.LoginInformation!.LastLoginAt })
            .ToListAsync(cancellation)),
        Query("a page after a key", (context, cancellation) => context.Sessions
            .Where(session => session.LastSeenAt < Now || (session.LastSeenAt == Now && string.Compare(session.Id, "b") > 0))
            .OrderByDescending(session => session.LastSeenAt).ThenBy(session => session.Id)
            .Take(10)
            .ToListAsync(cancellation)),
        Query("counts by group", (context, cancellation) => context.Sessions
            .Where(session => session.EndedAt == null && session.ExpiresAt > Now)
            .GroupBy(session => session.Country)
            .Select(group => new { group.Key, Count = group.Count(), Last = group.Max(session => session.LastSeenAt) })
            .ToListAsync(cancellation)),
        Query("members of a role", (context, cancellation) => context.Users
            .Where(user => context.UserRoles.Any(member => member.UserId == user.Id
                && context.Roles.Any(role => role.Id == member.RoleId && role.NormalizedName == "ADMIN")))
            .CountAsync(cancellation)),
        Query("rows of a list of keys", (context, cancellation) =>
        {
            List<string> ids = ["a", "b", "c"];
            return context.Sessions.Where(session => ids.Contains(session.Id)).Select(session => session.UserId).ToListAsync(cancellation);
        }),
        Query("a bulk update", (context, cancellation) => context.Sessions
            .Where(session => session.EndedAt == null && session.ExpiresAt <= Now)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(session => session.EndedAt, Now)
                    .SetProperty(session => session.EndReason, "idle")
                    .SetProperty(session => session.KeyHash, (byte[]?)null),
                cancellation)),
        Query("a bulk delete through a join", (context, cancellation) => context.OneTimeTokens
            .Where(token => context.Users.Any(user => user.Id == token.UserId && !user.IsActive))
            .ExecuteDeleteAsync(cancellation)),
        Query("users by state", UserCounts.ByStateAsync),
        Query("users of domains", (context, cancellation) => UserCounts.OfDomainsAsync(context, ["example.org", "example.com"], cancellation)),
        Query("a split query", (context, cancellation) => context.Users
            .Include(user => user.LoginInformation)
            .AsSplitQuery()
            .Where(user => user.Domain == "example.org")
            .ToListAsync(cancellation)),
        Query("a transaction with a savepoint", async (context, cancellation) =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
            context.EmailDomains.Add(new EmailDomain { Name = "example.org", TopLevel = "org" });
            await context.SaveChangesAsync(cancellation);
            await context.EmailDomains.Where(domain => domain.Name == "example.com").ExecuteDeleteAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }),
    ];

    private static CapturedOperation Query(string name, Func<PortalDbContext, CancellationToken, Task> run) =>
        new("Typical: " + name, (services, cancellation) => run(services.GetRequiredService<PortalDbContext>(), cancellation));
}
