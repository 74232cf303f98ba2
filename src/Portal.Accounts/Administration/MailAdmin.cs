using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;

namespace Portal.Accounts.Administration;

internal sealed class MailAdmin(
    IDbContextFactory<PortalDbContext> contexts, OperatorGuard guard, Outbox outbox, AuditLog audit, TimeProvider time) : IMailAdmin
{
    private static readonly Keyset<OutboxMail, long, long> Newest = new(mail => mail.Id, mail => mail.Id, isDescending: true);

    public async Task<MailList> ListAsync(OutboxMailState? state, string? recipient, ListWindow? window, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var all = Listed(context);
        var rows = state is { } only ? all.Where(mail => mail.State == only) : all;
        (rows, var total) = TypedText.Normalize(recipient) is { Length: > 0 } beginning
            ? await ToAsync(context, rows, beginning, cancellationToken)
            : (rows, await rows.TotalAsync(cancellationToken));
        var page = await Newest.ReadAsync(rows, window ?? new ListWindow(), total, cancellationToken);
        Dictionary<OutboxMailState, ListTotal> byState = [];
        foreach (var each in Enum.GetValues<OutboxMailState>())
        {
            byState[each] = await all.Where(mail => mail.State == each).TotalAsync(cancellationToken);
        }

        return new MailList(
            page.With(await InfosAsync(context, page.Results, cancellationToken)),
            byState);
    }

    public async Task<MailInfo?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Listed(context).SingleOrDefaultAsync(mail => mail.Id == id, cancellationToken) is { } found ? (await InfosAsync(context, [found], cancellationToken))[0] : null;
    }

    public async Task<AdminOutcome> RetryAsync(long id, Operator by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // One that was given up begins anew, with as many attempts as any.
        var outcome = await ChangeAsync(AuditKind.MailRetried, id, by, set => set
            .SetProperty(mail => mail.DueAt, now)
            .SetProperty(mail => mail.Attempts, mail => mail.State == OutboxMailState.GivenUp ? 0 : mail.Attempts)
            .SetProperty(mail => mail.FailedAt, (DateTimeOffset?)null)
            .SetProperty(mail => mail.State, mail => mail.State == OutboxMailState.GivenUp ? OutboxMailState.Waiting : mail.State), cancellationToken);
        if (outcome is AdminOutcome.Done)
        {
            outbox.Wake();
        }

        return outcome;
    }

    public Task<AdminOutcome> DropAsync(long id, Operator by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(AuditKind.MailDropped, id, by, set => set
            .SetProperty(mail => mail.State, OutboxMailState.GivenUp)
            .SetProperty(mail => mail.FailedAt, now)
            .SetProperty(mail => mail.DueAt, (DateTimeOffset?)null)
            .SetProperty(mail => mail.Payload, (byte[]?)null)
            .SetProperty(mail => mail.Recipient, mail => mail.UserId == null ? "" : mail.Recipient)
            .SetProperty(mail => mail.LastError, "Dropped by an administrator."), cancellationToken);
    }

    // To nobody went none: that one was promised to whoever has no account is not to be told even here.
    private static IQueryable<OutboxMail> Listed(PortalDbContext context) =>
        context.OutboxMails.AsNoTracking().Where(mail => mail.Kind != nameof(AccountMail.Nobody));

    /// <summary>To whose address begins so. Few are found through its index and then sorted; of many the newest are walked to.</summary>
    private static async Task<(IQueryable<OutboxMail> Rows, ListTotal Total)> ToAsync(
        PortalDbContext context, IQueryable<OutboxMail> rows, string beginning, CancellationToken cancellationToken)
    {
        var (from, to) = context.RangeOf(beginning);
        // Made upper case by the database, as the column is: each knows other letters.
#pragma warning disable CA1304, CA1311
        Expression<Func<OutboxMail, bool>> isFound = mail =>
            string.Compare(mail.NormalizedRecipient, EF.Parameter(from).ToUpper()) >= 0 && string.Compare(mail.NormalizedRecipient, EF.Parameter(to).ToUpper()) < 0;
        // Such that the index of addresses does not tempt the database away from the order.
        Expression<Func<OutboxMail, bool>> isMet = mail =>
            string.Compare(mail.NormalizedRecipient + "", EF.Parameter(from).ToUpper()) >= 0 && string.Compare(mail.NormalizedRecipient + "", EF.Parameter(to).ToUpper()) < 0;
#pragma warning restore CA1304, CA1311
        var ids = await rows.Where(isFound).Select(mail => mail.Id).Take(ListTotal.Most + 1).ToListAsync(cancellationToken);
        return ids.Count > ListTotal.Most
            ? (rows.Where(isMet), ListTotal.Counted(ids.Count))
            : (rows.Where(mail => EF.Parameter(ids).Contains(mail.Id)), new ListTotal(ids.Count));
    }

    private async Task<AdminOutcome> ChangeAsync(
        AuditKind kind, long id, Operator by, Action<UpdateSettersBuilder<OutboxMail>> setters, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // What a dropped mail said is gone for good, and it may have warned somebody.
        if (await guard.RefuseAsync(context, by, isSensitive: kind is AuditKind.MailDropped, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await Listed(context).Where(mail => mail.Id == id).Select(mail => new { mail.Kind, mail.UserId }).SingleOrDefaultAsync(cancellationToken) is not { } found)
        {
            return new AdminOutcome.NotFound("There is no such mail any more.");
        }

        var (now, isDrop) = (time.GetUtcNow(), kind is AuditKind.MailDropped);
        // One in hand is left alone, unless its sender went away and the lease ran out: a change would make it go twice.
        if (await context.OutboxMails
            .Where(mail => mail.Id == id && (mail.State == OutboxMailState.Waiting || mail.State == OutboxMailState.Retrying
                || (mail.State == OutboxMailState.GivenUp && mail.Payload != null && (isDrop || context.Users.Any(user => user.Id == mail.UserId && user.Email == mail.Recipient)))
                || (mail.State == OutboxMailState.Sending && mail.DueAt <= now)))
            .ExecuteUpdateAsync(setters, cancellationToken) == 0)
        {
            return new AdminOutcome.Refused([new FieldError("Mail", "This mail is being sent or is over already.")]);
        }

        await audit.AddAsync(context, new AuditEntry(kind, found.UserId)
        {
            ActorId = by.UserId,
            SessionId = by.SessionId,
            Details = new Dictionary<string, object?> { ["mail"] = found.Kind },
        }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new AdminOutcome.Done();
    }

    /// <summary>What was given up goes to nobody any more once its person has another address: it may let them into the account.</summary>
    private static async Task<IReadOnlyList<MailInfo>> InfosAsync(PortalDbContext context, IReadOnlyList<OutboxMail> mails, CancellationToken cancellationToken)
    {
        List<long> ids = [.. mails.Where(mail => mail is { State: OutboxMailState.GivenUp, Payload: not null }).Select(mail => mail.UserId).OfType<long>().Distinct()];
        var addresses = ids.Count == 0 ? [] : await context.Users.Where(user => EF.Parameter(ids).Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email, cancellationToken);
        return [.. mails.Select(mail => InfoOf(mail) with { IsKept = mail is { Payload: not null, UserId: { } id } && addresses.GetValueOrDefault(id) == mail.Recipient })];
    }

    // The attempt under way is counted already, and has not failed.
    private static MailInfo InfoOf(OutboxMail mail) => new(
        mail.Id, mail.Kind, mail.Recipient, mail.UserId, mail.State, mail.CreatedAt, mail.DueAt, mail.Attempts - (mail.State is OutboxMailState.Sending ? 1 : 0), mail.SentAt, mail.FailedAt, mail.LastError);
}
