using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>Whom a decision about a domain reaches: its people, and those of subdomains about which nothing nearer to them was decided.</summary>
internal sealed class DomainReach(IDbContextFactory<PortalDbContext> contexts, Administrators administrators, LiveCircuits circuits)
{
    /// <summary>The domain and its subdomains, as far as they have users.</summary>
    public static async Task<List<string>> OfAsync(PortalDbContext context, string domain, CancellationToken cancellationToken)
    {
        var below = "." + domain;
        var inhabited = await context.UserCounts.Where(row => row.Domain == domain || row.Domain.EndsWith(below)).Select(row => row.Domain).Distinct().ToListAsync(cancellationToken);
        var decided = (await context.EmailDomains
            .Where(row => row.Status != EmailDomainStatus.New && row.Name.EndsWith(below))
            .Select(row => row.Name)
            .ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        return [.. inhabited.Where(name => !EmailDomainRules.SuffixesOf(name).TakeWhile(suffix => suffix != domain).Any(decided.Contains))];
    }

    /// <summary>Of users the ones who do not follow a decision yet.</summary>
    public static IQueryable<User> Disobedient(IQueryable<User> users, EmailDomainStatus decided) => decided is EmailDomainStatus.Blocked
        ? users.Where(user => user.BlockedAt == null)
        : users.Where(user => user.ConfirmedAt != null && user.VerifiedAt == null && user.BlockedAt == null);

    /// <summary>Why the domain's people cannot be blocked; null when they can.</summary>
    public async Task<FieldError?> WhyNotAsync(PortalDbContext context, string domain, Operator by, CancellationToken cancellationToken)
    {
        var reached = (await OfAsync(context, domain, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var own = await context.Users.Where(user => user.Id == by.UserId).Select(user => user.Domain).SingleOrDefaultAsync(cancellationToken);
        var domains = await administrators.Able(context).Select(user => user.Domain ?? "").Distinct().ToListAsync(cancellationToken);
        return reached.Contains(own ?? "")
                ? new FieldError("Domain", "Your own address is of this domain, and you would block yourself. Ask an administrator of another one.")
            : domains.Count > 0 && domains.All(reached.Contains)
                ? new FieldError("Domain", "This would block the last administrator who can sign in. Give a person of another domain the role admin first.")
            : null;
    }

    public async Task<DomainEffect> PreviewAsync(string domain, EmailDomainStatus decided, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var reached = await OfAsync(context, domain, cancellationToken);
        var domains = context.RowsOf(reached);
        var people = context.UserCounts.Where(row => domains.Contains(row.Domain) && !row.IsBlocked);
        if (decided is EmailDomainStatus.Verified)
        {
            return DomainEffect.None with { People = await people.Where(row => row.IsConfirmed && !row.IsVerified).SumAsync(row => row.Count, cancellationToken) };
        }

        if (decided is not EmailDomainStatus.Blocked)
        {
            return DomainEffect.None;
        }

        var users = context.Users.Where(user => domains.Contains(user.Domain!) && user.BlockedAt == null);
        var live = context.Sessions.Where(session => session.EndReason == null && users.Any(user => user.Id == session.UserId));
        var online = circuits.OnlineUserIds;
        return new DomainEffect(
            await people.SumAsync(row => row.Count, cancellationToken),
            await live.TotalAsync(cancellationToken),
            await live.Take(ListTotal.Most).Select(session => session.UserId).Distinct().CountAsync(cancellationToken),
            await users.CountAsync(user => EF.Parameter(online).Contains(user.Id), cancellationToken));
    }
}
