using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <summary>What the two links of a change of address do: the one to the new address makes it, the one to the present address stops it.</summary>
/// <remarks>
/// Both are bound to the address that is wished for, and both take the user's row first: of a confirmation and a stop at
/// once the first wins, and the other finds its wish gone.
/// </remarks>
internal sealed partial class EmailChangeLinks(
    IDbContextFactory<PortalDbContext> contexts,
    OneTimeLinks links,
    UserSearch search,
    AddressProof proof,
    EmailWish wish,
    SessionEnder ender,
    RequestOrigins origins,
    AuditLog audit,
    AccountEvents events,
    Outbox outbox,
    TimeProvider time,
    IOptions<PortalOptions> portal,
    ILogger<EmailChangeLinks> logger)
{
    private const string TakenMessage = "Another account has this address by now. Sign in to that one, or ask for a different address.";
    private const string InactiveMessage = "This account is deactivated. Ask the people who run this site.";

    public async Task<OneTimeLinkStatus> StatusOfAsync(OneTimeTokenPurpose purpose, long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.StatusOfAsync(context, purpose, userId, token, cancellationToken);
    }

    public async Task<string?> NewEmailOfAsync(long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.StatusOfAsync(context, OneTimeTokenPurpose.ChangeEmail, userId, token, cancellationToken) is OneTimeLinkStatus.Usable
            ? await context.Users.Where(user => user.Id == userId).Select(user => user.NewEmail).SingleOrDefaultAsync(cancellationToken)
            : null;
    }

    public async Task<NewEmailOutcome> ConfirmAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken) =>
        await TryConfirmAsync(http, userId, token, cancellationToken)
        // Somebody took the address, or listed its domain, since it was checked: once more tells which.
        ?? await TryConfirmAsync(http, userId, token, cancellationToken)
        ?? new NewEmailOutcome.Refused(TakenMessage);

    public async Task<OneTimeLinkStatus> StopAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (status, user) = await UseAsync(context, OneTimeTokenPurpose.StopEmailChange, userId, token, cancellationToken);
        if (user is null)
        {
            return status;
        }

        await audit.AddAsync(context, new AuditEntry(AuditKind.EmailChangeStopped, userId)
        {
            ActorId = userId,
            Origin = origins.Of(http),
            Details = new Dictionary<string, object?> { ["after"] = user.NewEmail },
        }, cancellationToken);
        await CallOffAsync(context, user, cancellationToken);
        var changed = new AccountEvent.UserChanged(userId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(changed);
        Log.Stopped(logger, userId);
        return OneTimeLinkStatus.Usable;
    }

    /// <summary>Forgets the wish and makes both its links useless, in the caller's transaction.</summary>
    public async Task CallOffAsync(PortalDbContext context, User user, CancellationToken cancellationToken)
    {
        user.NewEmail = null;
        await wish.SpendLinksAsync(context, user.Id, cancellationToken);
    }

    /// <summary>Null when somebody else wrote the same unique value at the same time, and nothing was done.</summary>
    private async Task<NewEmailOutcome?> TryConfirmAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (status, user) = await UseAsync(context, OneTimeTokenPurpose.ChangeEmail, userId, token, cancellationToken);
        if (user is null)
        {
            return new NewEmailOutcome.Dead(status);
        }

        // A refusal rolls back: the link may still be used once the reason is gone.
        if (await WhyNotAsync(context, user, cancellationToken) is { } refusal)
        {
            return new NewEmailOutcome.Refused(refusal);
        }

        var ended = await ChangeAsync(context, http, user, cancellationToken);
        var changed = new AccountEvent.UserChanged(userId);
        events.Record(context, changed);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return null;
        }

        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        ender.Announce(ended);
        events.Publish(changed);
        Log.Changed(logger, userId);
        return new NewEmailOutcome.Changed(user.Email!);
    }

    /// <summary>Uses a link up and returns its user; null with the reason when it does not work.</summary>
    private async Task<(OneTimeLinkStatus Status, User? User)> UseAsync(
        PortalDbContext context, OneTimeTokenPurpose purpose, long userId, string? token, CancellationToken cancellationToken)
    {
        // Takes the user's row for this transaction.
        await context.Users.TakeAsync(userId, cancellationToken);
        var status = await links.StatusOfAsync(context, purpose, userId, token, cancellationToken);
        if (status is not OneTimeLinkStatus.Usable)
        {
            return (status, null);
        }

        var found = await context.Users.SingleAsync(row => row.Id == userId, cancellationToken);
        // Bound to the wish as it is now: one that was replaced or called off meanwhile has left nothing to use.
        return found.NewEmail is { } wish
            && await links.UseAsync(context, purpose, userId, search.Normalize(wish), token!, cancellationToken)
                ? (status, found)
                : (OneTimeLinkStatus.Used, null);
    }

    /// <summary>Why the wish cannot come true; null when it can.</summary>
    internal async Task<string?> WhyNotAsync(PortalDbContext context, User user, CancellationToken cancellationToken)
    {
        var normalized = search.Normalize(user.NewEmail!);
        return !user.IsActive ? InactiveMessage
            : !EmailAddress.TryParse(user.NewEmail, out var address)
                || await EmailDomainRules.StatusOfAsync(context, address.Domain, cancellationToken) is EmailDomainStatus.Blocked ? EmailDomainRules.BlockedMessage
            : await context.Users.AnyAsync(other => other.NormalizedEmail == normalized && other.Id != user.Id, cancellationToken) ? TakenMessage
            : null;
    }

    /// <summary>Makes the wish come true, in the caller's transaction. Returns what to announce after the commit.</summary>
    internal async Task<IReadOnlyList<AccountEvent.SessionsEnded>> ChangeAsync(
        PortalDbContext context, HttpContext http, User user, CancellationToken cancellationToken)
    {
        var (before, after) = (user.Email!, user.NewEmail!);
        Dictionary<string, object?> details = new() { ["before"] = before, ["after"] = after };
        if (user.ConfirmedAt is null)
        {
            details[FormerAddress.WasUnconfirmed] = true;
        }

        (user.Email, user.NormalizedEmail, user.Domain) = (after, search.Normalize(after), EmailAddress.DomainOf(after[(after.LastIndexOf('@') + 1)..]));
        user.ConcurrencyStamp = Guid.CreateVersion7().ToString();
        await CallOffAsync(context, user, cancellationToken);

        var (origin, now) = (origins.Of(http), time.GetUtcNow());
        // Links in the former mailbox open nothing any more.
        await context.OneTimeTokens
            .Where(token => token.UserId == user.Id && token.Purpose == OneTimeTokenPurpose.ResetPassword && token.UsedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken);
        foreach (var recipient in new[] { before, after })
        {
            await outbox.AddAsync(
                context,
                new AccountMail.EmailChanged(recipient, user.Id, user.UserName, before, after, portal.Value.AbsoluteUrl(PortalLinks.Account), origin.ToOccasion(now)),
                cancellationToken);
        }

        await audit.AddAsync(context, new AuditEntry(AuditKind.EmailChanged, user.Id)
        {
            ActorId = user.Id,
            Origin = origin,
            Details = details,
        }, cancellationToken);
        // Who leaves a verified domain stays verified: that was decided about the person.
        return await proof.ApplyAsync(context, user, origin, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} has a new address.")]
        public static partial void Changed(ILogger logger, long userId);

        [LoggerMessage(2, LogLevel.Information, "A change of user {UserId}'s address was stopped by the present one.")]
        public static partial void Stopped(ILogger logger, long userId);
    }
}
