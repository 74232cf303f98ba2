using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn.External;

/// <summary>Links an identity to the account of the session that asked for it.</summary>
/// <remarks>Of two that link at once one wins: the identity's key and that of account and provider are unique in the database.</remarks>
internal sealed partial class ExternalLinks(
    IDbContextFactory<PortalDbContext> contexts,
    SessionEnder ender,
    AccountEvents events,
    AuditLog audit,
    Outbox outbox,
    RequestOrigins origins,
    TimeProvider time,
    IOptions<ExternalProvidersOptions> providers,
    IOptions<PortalOptions> portal,
    ILogger<ExternalLinks> logger)
{
    public async Task<ExternalOutcome> LinkAsync(HttpContext http, ExternalProof proof, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(http.User) is not { } asker || asker.SessionId != proof.ForSession || http.User.IsImpersonated())
        {
            return Refuse(ExternalRefusal.OtherSession);
        }

        // One that does not say when is believed: the session's own proof was recent when it left for the provider.
        if (proof.IsFresh(time.GetUtcNow()) is false)
        {
            return Refuse(ExternalRefusal.NotProved);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The user's row first, as with everything that changes the ways in.
        if (await OwnAccount.Of(context, asker).TakeAndReadAsync(cancellationToken) is not { } user)
        {
            return Refuse(ExternalRefusal.OtherSession);
        }

        if (await WhyNotAsync(context, asker.UserId, proof, cancellationToken) is { } why)
        {
            return Refuse(why);
        }

        var origin = origins.Of(http);
        await AddAsync(context, user, proof, origin, asker.SessionId, cancellationToken);
        IReadOnlyList<AccountEvent.SessionsEnded> ended = proof.EndOthers
            ? await ender.MarkAsync(
                context, SessionFilter.OthersOf(asker.UserId, asker.SessionId), new SessionEnd(SessionEndReason.Everywhere, asker.UserId, asker.SessionId), cancellationToken)
            : [];
        await outbox.AddAsync(context, new AccountMail.IdentityLinked(
            user.Email!, user.Id, user.UserName, providers.Value.NameOf(proof.Provider), portal.Value.AbsoluteUrl(PortalLinks.Identities),
            origin.ToOccasion(time.GetUtcNow())), cancellationToken);
        var changed = new AccountEvent.UserChanged(asker.UserId);
        events.Record(context, changed);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            // Another account was faster.
            return Refuse(ExternalRefusal.LinkedElsewhere);
        }

        await transaction.CommitAsync(CancellationToken.None);
        ender.Announce(ended);
        events.Publish(changed);
        outbox.Wake();
        Log.Linked(logger, asker.UserId, proof.Provider);
        return new ExternalOutcome.Linked(proof.Provider);
    }

    /// <summary>Adds the identity and its event to the caller's transaction.</summary>
    public async Task AddAsync(
        PortalDbContext context, User user, ExternalProof proof, AuditOrigin origin, string? sessionId, CancellationToken cancellationToken)
    {
        context.UserLogins.Add(new UserIdentity
        {
            UserId = user.Id,
            LoginProvider = proof.Provider,
            ProviderKey = proof.Subject,
            ProviderDisplayName = providers.Value.NameOf(proof.Provider),
        });
        await audit.AddAsync(context, new AuditEntry(AuditKind.IdentityLinked, user.Id)
        {
            ActorId = user.Id,
            SessionId = sessionId,
            Origin = origin,
            Details = new Dictionary<string, object?> { ["provider"] = providers.Value.NameOf(proof.Provider), ["external_id"] = proof.Subject },
        }, cancellationToken);
    }

    private static ExternalOutcome.Refused Refuse(ExternalRefusal why) => new(ExternalPurpose.Link, why);

    /// <summary>Theirs already, somebody else's, or one of a provider of which they have another.</summary>
    internal static async Task<ExternalRefusal?> WhyNotAsync(PortalDbContext context, long userId, ExternalProof proof, CancellationToken cancellationToken)
    {
        var taken = await context.UserLogins
            .Where(row => row.LoginProvider == proof.Provider && (row.ProviderKey == proof.Subject || row.UserId == userId))
            .Select(row => new { row.UserId, row.ProviderKey })
            .ToListAsync(cancellationToken);
        return taken.Find(row => row.ProviderKey == proof.Subject) is { } same
            ? same.UserId == userId ? ExternalRefusal.AlreadyYours : ExternalRefusal.LinkedElsewhere
            : taken.Count > 0 ? ExternalRefusal.OnePerProvider : null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} linked an identity of {Scheme}.")]
        public static partial void Linked(ILogger logger, long userId, string scheme);
    }
}
