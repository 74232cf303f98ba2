using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.Accounts.Credentials;

/// <summary>The address an account had before an intruder gave it another: without it, recovery would write to the intruder.</summary>
internal sealed class FormerAddress(
    UserSearch search, AuditLog audit, Outbox outbox, TimeProvider time, IOptions<PortalOptions> portal, IOptions<AccountsOptions> accounts)
{
    /// <summary>Among the details of a change of address: that it was this one.</summary>
    public const string Returned = "returned";

    /// <summary>
    /// What the address was before the changes that were asked for in a session, or in one that began after it: an intruder may
    /// have signed in more than once. Null where there are none. What came after them, by an operator, in an older session or
    /// in the one that asks, stands: then it is null, too.
    /// </summary>
    /// <param name="context">With the user's row taken.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="sessionId">The session that was not theirs.</param>
    /// <param name="asker">The session that asks, which is theirs; null where it is asked by a mailed link.</param>
    /// <param name="since">When the session that was not theirs began.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <returns>The address, and when it was replaced first.</returns>
    public static async Task<(string Address, DateTimeOffset ReplacedAt)?> FindAsync(
        PortalDbContext context, long userId, string sessionId, string? asker, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // A change is made by a mailed link, outside every session: only the wish before it says in which it was asked for.
        var (asked, changed) = (AuditKind.EmailChangeRequested.ToName(), AuditKind.EmailChanged.ToName());
        var doubtful = context.Sessions
            .Where(session => session.UserId == userId && session.Id != asker && (session.Id == sessionId || session.CreatedAt > since))
            .Select(session => session.Id);
        var wished = (await context.AuditEvents.AsNoTracking()
            .Where(row => row.SubjectId == userId && row.ActorId == userId && row.At >= since && row.Kind == asked && doubtful.Contains(row.SessionId!))
            .Select(row => row.Details)
            .ToListAsync(cancellationToken)).Select(details => Read(details).After).ToHashSet();
        if (wished.Count == 0)
        {
            return null;
        }

        var rows = await context.AuditEvents.AsNoTracking()
            .Where(row => row.SubjectId == userId && row.At >= since && row.Kind == changed)
            .OrderBy(row => row.Id)
            .Select(row => new { row.ActorId, row.At, row.Details })
            .ToListAsync(cancellationToken);
        (string Address, DateTimeOffset ReplacedAt)? former = null;
        foreach (var row in rows)
        {
            var (before, after, isReturn) = Read(row.Details);
            // An address that came back was taken from an intruder, and decides nothing.
            if (!isReturn)
            {
                former = row.ActorId == userId && wished.Contains(after) && before is not null ? former ?? (before, row.At) : null;
            }
        }

        var present = await context.Users.Where(user => user.Id == userId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        return former?.Address == present ? null : former;
    }

    /// <summary>In which session a change of address was asked for that an event tells of; null when it is no such event.</summary>
    /// <param name="context">The database.</param>
    /// <param name="row">The event.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public static async Task<string?> SessionOfAsync(PortalDbContext context, AuditEvent row, CancellationToken cancellationToken)
    {
        if (row.Kind != AuditKind.EmailChanged.ToName() || Read(row.Details) is not { After: { } address })
        {
            return null;
        }

        var asked = AuditKind.EmailChangeRequested.ToName();
        var wishes = await context.AuditEvents.AsNoTracking()
            .Where(wish => wish.SubjectId == row.SubjectId && wish.ActorId == row.SubjectId && wish.Kind == asked && wish.Id < row.Id)
            .OrderByDescending(wish => wish.Id)
            .Select(wish => new { wish.SessionId, wish.Details })
            .ToListAsync(cancellationToken);
        return wishes.FirstOrDefault(wish => Read(wish.Details).After == address)?.SessionId;
    }

    /// <summary>Gives the account its former address again, in the caller's transaction, and promises a mail to both. False, with nothing done, when it may not have it.</summary>
    /// <param name="context">With the user's row taken.</param>
    /// <param name="by">Who wants it and from where; its kind and subject are set here.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="found">The address, and since when it is another.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<bool> PutBackAsync(
        PortalDbContext context, AuditEntry by, long userId, (string Address, DateTimeOffset ReplacedAt) found, CancellationToken cancellationToken)
    {
        var (former, replacedAt) = found;
        var normalized = search.Normalize(former);
        if (!EmailAddress.TryParse(former, out var address)
            || await EmailDomainRules.StatusOfAsync(context, address.Domain, cancellationToken) is EmailDomainStatus.Blocked
            || await context.Users.AnyAsync(other => other.NormalizedEmail == normalized && other.Id != userId, cancellationToken))
        {
            return false;
        }

        var user = await context.Users.SingleAsync(row => row.Id == userId, cancellationToken);
        var (present, now) = (user.Email!, time.GetUtcNow());
        (user.Email, user.NormalizedEmail, user.Domain) = (former, normalized, address.Domain);
        if (!accounts.Value.RequireConfirmedEmail)
        {
            // Nobody had to prove that it is theirs before they could sign in with it; what the other address proved is not its own.
            (user.EmailConfirmed, user.ConfirmedAt) = (false, null);
        }

        try
        {
            // Now, so that somebody who takes the address at this moment is met here; the framework undoes this saving alone.
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            await context.Entry(user).ReloadAsync(cancellationToken);
            return false;
        }

        // Links in the mailbox that it leaves open nothing any more, nor end a session of the owner's; those that the owner got before do.
        await context.OneTimeTokens
            .Where(token => token.UserId == userId && token.UsedAt == null
                && (token.Purpose == OneTimeTokenPurpose.ResetPassword || token.Purpose == OneTimeTokenPurpose.ConfirmEmail
                    || (token.Purpose == OneTimeTokenPurpose.NotMe && token.CreatedAt >= replacedAt)))
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken);
        var occasion = (by.Origin ?? await AuditLog.OriginOfAsync(context, by.SessionId, cancellationToken)).ToOccasion(now);
        foreach (var recipient in new[] { present, former })
        {
            await outbox.AddAsync(
                context,
                new AccountMail.EmailReturned(recipient, userId, user.UserName, present, former, portal.Value.AbsoluteUrl(PortalLinks.Account), occasion),
                cancellationToken);
        }

        await audit.AddAsync(
            context,
            by with { Kind = AuditKind.EmailChanged, SubjectId = userId, Details = new Dictionary<string, object?> { ["before"] = present, ["after"] = former, [Returned] = true } },
            cancellationToken);
        return true;
    }

    private static (string? Before, string? After, bool IsReturn) Read(string? json)
    {
        var details = AuditDetails.Read(json);
        return (details.Text("before"), details.Text("after"), details.ContainsKey(Returned));
    }
}
