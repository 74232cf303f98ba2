using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.Accounts.Credentials;

/// <summary>The address an account had before an intruder gave it another: without it, recovery would write to the intruder.</summary>
internal sealed class FormerAddress(UserSearch search, AuditLog audit, Outbox outbox, TimeProvider time, IOptions<PortalOptions> portal)
{
    /// <summary>
    /// What the address was before the changes that were asked for in a session; null where there are none. Whatever came
    /// after them, by an operator or in another session, stands: then it is null, too.
    /// </summary>
    /// <param name="context">With the user's row taken.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="sessionId">The session that was not theirs.</param>
    /// <param name="since">When it began.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public static async Task<string?> FindAsync(
        PortalDbContext context, long userId, string sessionId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // A change is made by a mailed link, outside every session: only the wish before it says in which it was asked for.
        var (asked, changed) = (AuditKind.EmailChangeRequested.ToName(), AuditKind.EmailChanged.ToName());
        var rows = await context.AuditEvents.AsNoTracking()
            .Where(row => row.SubjectId == userId && row.ActorId == userId && row.At >= since
                && (row.Kind == changed || (row.Kind == asked && row.SessionId == sessionId)))
            .OrderByDescending(row => row.Id)
            .Select(row => new { row.Kind, row.Details })
            .ToListAsync(cancellationToken);
        var wished = rows.Where(row => row.Kind == asked).Select(row => Read(row.Details).After).ToHashSet();
        var present = wished.Count == 0 ? null
            : await context.Users.Where(user => user.Id == userId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        var former = present;
        foreach (var (before, after) in rows.Where(row => row.Kind == changed).Select(row => Read(row.Details)))
        {
            if (after is null || after != former || !wished.Contains(after))
            {
                break;
            }

            former = before;
        }

        return former == present ? null : former;
    }

    /// <summary>Gives the account its former address again, in the caller's transaction, and promises a mail to both. False, with nothing done, when it may not have it.</summary>
    /// <param name="context">With the user's row taken.</param>
    /// <param name="by">Who wants it and from where; its kind and subject are set here.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="former">The address.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<bool> PutBackAsync(PortalDbContext context, AuditEntry by, long userId, string former, CancellationToken cancellationToken)
    {
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
        // Links in the mailbox that it leaves open nothing any more.
        await context.OneTimeTokens
            .Where(token => token.UserId == userId && token.UsedAt == null
                && (token.Purpose == OneTimeTokenPurpose.ResetPassword || token.Purpose == OneTimeTokenPurpose.ConfirmEmail))
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken);
        var occasion = (by.Origin ?? await AuditLog.OriginOfAsync(context, by.SessionId, cancellationToken)).ToOccasion(now);
        foreach (var recipient in new[] { present, former })
        {
            await outbox.AddAsync(
                context,
                new AccountMail.EmailChanged(recipient, userId, user.UserName, present, former, portal.Value.AbsoluteUrl(PortalLinks.Account), occasion),
                cancellationToken);
        }

        await audit.AddAsync(
            context,
            by with { Kind = AuditKind.EmailChanged, SubjectId = userId, Details = new Dictionary<string, object?> { ["before"] = present, ["after"] = former } },
            cancellationToken);
        return true;
    }

    private static (string? Before, string? After) Read(string? details)
    {
        try
        {
            var fields = details is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(details) ?? [];
            return (Text("before"), Text("after"));

            string? Text(string name) => fields.GetValueOrDefault(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (JsonException)
        {
            // Somebody wrote into the table; verifying the log tells which row.
            return default;
        }
    }
}
