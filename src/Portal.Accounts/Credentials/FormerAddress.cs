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
    UserSearch search, AuditLog audit, Outbox outbox, TimeProvider time, IOptions<PortalOptions> portal)
{
    /// <summary>Among the details of a change of address: that it was this one.</summary>
    public const string Returned = "returned";

    /// <summary>Among the details of a change of address: that nobody had proved to have the one before.</summary>
    public const string WasUnconfirmed = "was_unconfirmed";

    /// <summary>
    /// Undoes the changes of address that were asked for in a session, in the caller's transaction. Asked by a mailed link, also those
    /// of sessions that began after it: an intruder may have signed in more than once, while whoever is signed in sees each of those
    /// and reports it by itself. What came after them, by an operator or in another session, stands. Links of "This wasn't me" that
    /// were mailed while the account had an intruder's address are spent: they would undo what its person does.
    /// </summary>
    /// <param name="context">With the user's row taken.</param>
    /// <param name="by">Who reports it and from where; its session is null where it is done by a mailed link.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="sessionId">The session that was not theirs.</param>
    /// <param name="since">When it began.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<AddressReturn> UndoAsync(
        PortalDbContext context, AuditEntry by, long userId, string sessionId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // A change is made by a mailed link, outside every session: only the wish before it says in which it was asked for.
        var (asked, changed) = (AuditKind.EmailChangeRequested.ToName(), AuditKind.EmailChanged.ToName());
        var isMailed = by.SessionId is null;
        var doubtful = context.Sessions
            .Where(session => session.UserId == userId && (session.Id == sessionId || (isMailed && session.CreatedAt > since)))
            .Select(session => session.Id);
        var wished = (await context.AuditEvents.AsNoTracking()
            .Where(row => row.SubjectId == userId && row.ActorId == userId && row.At >= since && row.Kind == asked && doubtful.Contains(row.SessionId!))
            .Select(row => row.Details)
            .ToListAsync(cancellationToken)).Select(details => AuditDetails.Read(details).Text("after")).ToHashSet();
        if (wished.Count == 0)
        {
            return AddressReturn.None;
        }

        var rows = await context.AuditEvents.AsNoTracking()
            .Where(row => row.SubjectId == userId && row.At >= since && row.Kind == changed)
            .OrderBy(row => row.Id)
            .Select(row => new { row.ActorId, row.At, row.Details })
            .ToListAsync(cancellationToken);
        Replaced? first = null;
        foreach (var row in rows)
        {
            var details = AuditDetails.Read(row.Details);
            if (details.ContainsKey(Returned))
            {
                // An address that came back was taken from an intruder, and decides nothing.
                continue;
            }

            if (row.ActorId == userId && wished.Contains(details.Text("after")) && details.Text("before") is { } before)
            {
                first ??= new Replaced(before, row.At, details.ContainsKey(WasUnconfirmed));
            }
            else if (first is not null)
            {
                await SpendLinksAsync(context, userId, first.At, row.At, cancellationToken);
                first = null;
            }
        }

        var present = await context.Users.Where(user => user.Id == userId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        return first is null || first.Address == present ? AddressReturn.None
            : await PutBackAsync(context, by, userId, first, cancellationToken) ? AddressReturn.Done
            : AddressReturn.Refused;
    }

    /// <summary>In which session a change of address was asked for that an event tells of; null when it is no such event.</summary>
    /// <param name="context">The database.</param>
    /// <param name="row">The event.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public static async Task<string?> SessionOfAsync(PortalDbContext context, AuditEvent row, CancellationToken cancellationToken)
    {
        if (row.Kind != AuditKind.EmailChanged.ToName() || AuditDetails.Read(row.Details).Text("after") is not { } address)
        {
            return null;
        }

        var asked = AuditKind.EmailChangeRequested.ToName();
        var wishes = await context.AuditEvents.AsNoTracking()
            .Where(wish => wish.SubjectId == row.SubjectId && wish.ActorId == row.SubjectId && wish.Kind == asked && wish.Id < row.Id)
            .OrderByDescending(wish => wish.Id)
            .Select(wish => new { wish.SessionId, wish.Details })
            .ToListAsync(cancellationToken);
        return wishes.FirstOrDefault(wish => AuditDetails.Read(wish.Details).Text("after") == address)?.SessionId;
    }

    /// <summary>Gives the account its former address again, and promises a mail to both. False, with nothing done, when it may not have it.</summary>
    private async Task<bool> PutBackAsync(PortalDbContext context, AuditEntry by, long userId, Replaced replaced, CancellationToken cancellationToken)
    {
        var former = replaced.Address;
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
        user.ConcurrencyStamp = Guid.CreateVersion7().ToString();
        if (replaced.WasUnconfirmed)
        {
            // What the other address proved is not its own.
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
                && (token.Purpose == OneTimeTokenPurpose.ResetPassword || token.Purpose == OneTimeTokenPurpose.ConfirmEmail))
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken);
        await SpendLinksAsync(context, userId, replaced.At, now, cancellationToken);
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

    private async Task SpendLinksAsync(PortalDbContext context, long userId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await context.OneTimeTokens
            .Where(token => token.UserId == userId && token.UsedAt == null && token.Purpose == OneTimeTokenPurpose.NotMe && token.CreatedAt >= from && token.CreatedAt <= to)
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken);
    }

    /// <summary>What an intruder's first change replaced.</summary>
    private sealed record Replaced(string Address, DateTimeOffset At, bool WasUnconfirmed);
}
