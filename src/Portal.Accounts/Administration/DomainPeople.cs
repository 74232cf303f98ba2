using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>What a decision about a domain does to the people who are there already.</summary>
/// <remarks>
/// A decision reaches a domain's people and those of subdomains about which nothing else was decided. It is committed first,
/// then its people follow, a batch a transaction, with a breath in between so that others get to write. Each batch looks
/// first whether the decision still stands; who has obeyed already is not found again, so that going on after a break is
/// simply beginning anew.
/// </remarks>
internal sealed partial class DomainPeople(
    IDbContextFactory<PortalDbContext> contexts,
    SessionEnder ender,
    AccountEvents events,
    UserStates states,
    Administrators administrators,
    Outbox outbox,
    ILogger<DomainPeople> logger)
{
    private const int IdsAtOnce = 500;
    private const int BatchSize = 100;
    private const int MaxTries = 10;

    /// <summary>What an operator, or the block itself, does to people one by one.</summary>
    private static readonly List<string> Moves = [AuditKind.Blocked.ToName(), AuditKind.Activated.ToName(), AuditKind.Verified.ToName()];

    /// <summary>Real time, whatever the portal's clock says: the writers it makes room for are real.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    /// <summary>Makes the people follow what was decided. Returns how many did and how many sessions ended.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="decided">What was decided.</param>
    /// <param name="by">Who decided.</param>
    /// <param name="progress">Told after each batch how many have followed; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public Task<(int People, int EndedSessions)> ObeyAsync(
        string domain, EmailDomainStatus decided, Operator by, Action<long>? progress, CancellationToken cancellationToken) =>
        decided is EmailDomainStatus.Blocked or EmailDomainStatus.Verified
            ? ObeyAsync(new Decision(domain, decided, by, EventId: null), progress, cancellationToken)
            : Task.FromResult((0, 0));

    /// <summary>Goes on with a block, but for whom something else was decided since.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="eventId">The event of its decision.</param>
    /// <param name="by">Who decided.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public Task ResumeAsync(string domain, long eventId, Operator by, CancellationToken cancellationToken) =>
        ObeyAsync(new Decision(domain, EmailDomainStatus.Blocked, by, eventId), progress: null, cancellationToken);

    private async Task<(int People, int EndedSessions)> ObeyAsync(Decision decision, Action<long>? progress, CancellationToken cancellationToken)
    {
        List<string> reached;
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            reached = await DomainReach.OfAsync(context, decision.Domain, cancellationToken);
        }

        var (people, sessions) = (0, 0);
        // Looked at where somebody is left: stopped when all have followed, it is done.
        await foreach (var ids in BatchesAsync(reached, decision, CancellationToken.None))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (done, ended) = await ObeyAsync(decision, ids, reached, cancellationToken);
            (people, sessions) = (people + done, sessions + ended);
            progress?.Invoke(people);
            await Task.Delay(Breath, CancellationToken.None);
        }

        if (people > 0)
        {
            Log.Obeyed(logger, people, decision.Domain, decision.Status, decision.By.UserId);
        }

        return (people, sessions);
    }

    /// <summary>Domain by domain, in the order of its index: sorting the people of all of them for each batch would not end.</summary>
    private async IAsyncEnumerable<IReadOnlyList<long>> BatchesAsync(
        List<string> domains, Decision decision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<long> batch = [];
        foreach (var domain in domains)
        {
            var after = 0L;
            List<long> ids;
            do
            {
                await using var context = await contexts.CreateDbContextAsync(cancellationToken);
                ids = await Disobedient(context, decision).Where(user => user.Domain == domain && user.Id > after)
                    .OrderBy(user => user.Id).Take(IdsAtOnce).Select(user => user.Id).ToListAsync(cancellationToken);
                foreach (var id in ids)
                {
                    batch.Add(id);
                    after = id;
                    if (batch.Count == BatchSize)
                    {
                        yield return batch;
                        batch = [];
                    }
                }
            }
            while (ids.Count == IdsAtOnce);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static IQueryable<User> Disobedient(PortalDbContext context, Decision decision)
    {
        var users = DomainReach.Disobedient(context.Users, decision.Status);
        return decision.EventId is { } id
            ? users.Where(user => !context.AuditEvents.Any(happened => happened.SubjectId == user.Id && happened.Id > id && EF.Parameter(Moves).Contains(happened.Kind)))
            : users;
    }

    private async Task<(int People, int EndedSessions)> ObeyAsync(
        Decision decision, IReadOnlyList<long> ids, List<string> reached, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryObeyAsync(decision, ids, reached, cancellationToken);
            }
            catch (DbUpdateConcurrencyException) when (tries < MaxTries)
            {
                // Somebody changed one of them between reading and writing, which SQL Server allows.
            }
        }
    }

    private async Task<(int People, int EndedSessions)> TryObeyAsync(
        Decision decision, IReadOnlyList<long> ids, List<string> reached, CancellationToken cancellationToken)
    {
        var (domain, decided, by, _) = decision;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await context.EmailDomains.AnyAsync(row => row.Name == domain && row.Status == decided, cancellationToken))
        {
            return (0, 0);
        }

        var domains = context.RowsOf(reached);
        var users = await Disobedient(context, decision)
            .Where(user => EF.Parameter(ids).Contains(user.Id) && domains.Contains(user.Domain!))
            .ToListAsync(cancellationToken);
        if (decided is EmailDomainStatus.Blocked)
        {
            users = await WithoutLastAdministratorAsync(context, users, by, cancellationToken);
        }

        // Once for all of them: it is decided from one place.
        var origin = await AuditLog.OriginOfAsync(context, by.SessionId, cancellationToken);
        var ended = await MoveAsync(context, users, decided, Cause(domain, by, origin), cancellationToken);
        List<AccountEvent> changed = [.. users.Select(user => new AccountEvent.UserChanged(user.Id))];
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        var count = ender.Announce(ended);
        changed.ForEach(events.Publish);
        outbox.Wake();
        return (users.Count, count);
    }

    /// <summary>Whoever became the last one since the decision was looked at stays, and so does who decides.</summary>
    private async Task<List<User>> WithoutLastAdministratorAsync(PortalDbContext context, List<User> users, Operator by, CancellationToken cancellationToken)
    {
        List<long> ids = [.. users.Where(user => user.IsActive).Select(user => user.Id)];
        foreach (var id in await context.AdministratorIds.Where(id => EF.Parameter(ids).Contains(id)).ToListAsync(cancellationToken))
        {
            var user = users.Single(found => found.Id == id);
            if (id == by.UserId || await administrators.IsLastAsync(context, id, cancellationToken))
            {
                Log.Spared(logger, id);
                users.Remove(user);
                continue;
            }

            // Written at once: the next one may be the last because of it.
            user.IsActive = false;
            await context.SaveChangesAsync(cancellationToken);
            user.IsActive = true;
        }

        return users;
    }

    private async Task<IReadOnlyList<AccountEvent.SessionsEnded>> MoveAsync(
        PortalDbContext context, List<User> users, EmailDomainStatus decided, AuditEntry cause, CancellationToken cancellationToken)
    {
        List<AccountEvent.SessionsEnded> ended = [];
        foreach (var user in users)
        {
            if (decided is EmailDomainStatus.Blocked)
            {
                ended.AddRange(await states.BlockByDomainAsync(context, user, cause, cancellationToken) ?? []);
            }
            else
            {
                await states.TrustAsync(context, user, cause, cancellationToken);
            }
        }

        return ended;
    }

    /// <summary>Its kind and subject are set with each user.</summary>
    private static AuditEntry Cause(string domain, Operator by, AuditOrigin origin) => new(AuditKind.DomainChanged, SubjectId: null)
    {
        ActorId = by.UserId,
        SessionId = by.SessionId,
        Origin = origin,
        Details = new Dictionary<string, object?> { ["reason"] = "domain", ["domain"] = domain },
    };

    /// <param name="Domain">About which.</param>
    /// <param name="Status">What.</param>
    /// <param name="By">Who.</param>
    /// <param name="EventId">Its event, where those are left alone about whom something was decided after it.</param>
    private sealed record Decision(string Domain, EmailDomainStatus Status, Operator By, long? EventId);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} people of {Domain} and below are {Decision} now, by user {ByUserId}; null is the command line.")]
        public static partial void Obeyed(ILogger logger, int count, string domain, EmailDomainStatus decision, long? byUserId);

        [LoggerMessage(2, LogLevel.Warning, "User {UserId} was not blocked with their domain: they are the last administrator who can sign in, or decided it.")]
        public static partial void Spared(ILogger logger, long userId);
    }
}
