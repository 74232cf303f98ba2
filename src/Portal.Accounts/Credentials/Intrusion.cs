using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Credentials;

/// <summary>The one path of "This wasn't me", by the mail's link or at the person's own events: ends the session and takes away what its person may have left behind.</summary>
internal sealed class Intrusion(SessionEnder ender, EmailWish wish, FormerAddress former, WaysInRemoval removal)
{
    /// <summary>
    /// In the caller's transaction: the session ends, what was added to the account since it began goes, logged and mailed, and a
    /// password with it that is too short to stand alone; an address that the session had replaced comes back and a wished-for one
    /// is called off; no browser is trusted and none is known any longer. The caller writes the report, saves, commits, wakes the
    /// outbox and announces.
    /// </summary>
    /// <param name="context">With the user's row taken.</param>
    /// <param name="by">The report: who makes it and from where. They proved who they are: else whoever is at an open session would end the owner's, and do away with a second factor.</param>
    /// <param name="userId">Whose account.</param>
    /// <param name="sessionId">The session that was not theirs; null where what happened belongs to none.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>What ended, how many things were removed, and what became of the address.</returns>
    public async Task<(IReadOnlyList<AccountEvent.SessionsEnded> Ended, int Removed, AddressReturn Address)> UndoAsync(
        PortalDbContext context, AuditEntry by, long userId, string? sessionId, CancellationToken cancellationToken)
    {
        var began = sessionId is null ? null : await context.Sessions.Where(session => session.Id == sessionId && session.UserId == userId)
            .Select(session => (DateTimeOffset?)session.CreatedAt).SingleOrDefaultAsync(cancellationToken);
        var (removed, address) = (0, AddressReturn.None);
        if (began is { } since)
        {
            var gone = await removal.RemoveAddedSinceAsync(context, by, userId, since, cancellationToken);
            address = await former.UndoAsync(context, by, userId, sessionId!, since, cancellationToken);
            // To the address that came back, or never went; not to one that an intruder gave the account and that stays.
            if (address is not AddressReturn.Refused)
            {
                await removal.TellAsync(context, by, userId, gone, cancellationToken);
            }

            removed = gone.Count;
        }

        IReadOnlyList<AccountEvent.SessionsEnded> ended = sessionId is null ? [] : await ender.MarkAsync(
            context, SessionFilter.OneOf(userId, sessionId), new SessionEnd(SessionEndReason.Revoked, userId, by.SessionId), cancellationToken);
        await TrustedBrowsers.ForgetAllAsync(context, userId, cancellationToken);
        await wish.CallOffAsync(context, by, userId, cancellationToken);
        var stamp = Guid.CreateVersion7().ToString();
        await context.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(row => row.SetProperty(user => user.SecurityStamp, stamp), cancellationToken);
        return (ended, removed, address);
    }
}
