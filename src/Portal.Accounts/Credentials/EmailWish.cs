using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;

namespace Portal.Accounts.Credentials;

/// <summary>An address somebody wishes for and has not confirmed yet: it opens the account to whoever reads it, so it goes with the trust in who asked for it.</summary>
internal sealed class EmailWish(AuditLog audit, TimeProvider time)
{
    /// <summary>The links that can still make a wish come true, at most one of each user. May stand inside a query.</summary>
    public static IQueryable<OneTimeToken> OpenLinks(PortalDbContext context, DateTimeOffset now) => context.OneTimeTokens
        .Where(token => token.Purpose == OneTimeTokenPurpose.ChangeEmail && token.UsedAt == null && token.ExpiresAt > now);

    /// <summary>Forgets the wish, if there is one, and makes both its links useless, in the caller's transaction. The log tells of it.</summary>
    /// <param name="context">With the user's row taken.</param>
    /// <param name="entry">From where it was called off, and by whom; its kind and subject are set here.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task CallOffAsync(PortalDbContext context, AuditEntry entry, long userId, CancellationToken cancellationToken)
    {
        var wish = await context.Users.AsNoTracking().Where(user => user.Id == userId).Select(user => user.NewEmail).SingleOrDefaultAsync(cancellationToken);
        if (wish is null)
        {
            return;
        }

        await context.Users.Where(user => user.Id == userId)
            .ExecuteUpdateAsync(row => row.SetProperty(user => user.NewEmail, (string?)null), cancellationToken);
        await SpendLinksAsync(context, userId, cancellationToken);
        await audit.AddAsync(
            context,
            entry with { Kind = AuditKind.EmailChangeStopped, SubjectId = userId, Details = new Dictionary<string, object?> { ["after"] = wish } },
            cancellationToken);
    }

    /// <summary>Makes both links of a wish useless, in the caller's transaction.</summary>
    public Task SpendLinksAsync(PortalDbContext context, long userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return context.OneTimeTokens
            .Where(token => token.UserId == userId && token.UsedAt == null
                && (token.Purpose == OneTimeTokenPurpose.ChangeEmail || token.Purpose == OneTimeTokenPurpose.StopEmailChange))
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken);
    }
}
