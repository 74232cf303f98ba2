using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

internal sealed class DomainAdmin(
    IDbContextFactory<PortalDbContext> contexts, OperatorGuard guard, DomainLists lists, DomainReach reach, DomainPeople people, AuditLog audit) : IDomainAdmin
{
    public Task<DomainList> ListAsync(DomainFilter filter, DomainSort sort, bool isDescending, ListWindow? window, CancellationToken cancellationToken) =>
        lists.ListAsync(filter, sort, isDescending, window ?? new ListWindow(), cancellationToken);

    public Task<DomainInfo?> FindAsync(string domain, CancellationToken cancellationToken) => lists.FindAsync(domain, cancellationToken);

    public Task<DomainEffect> PreviewAsync(string domain, string status, CancellationToken cancellationToken) =>
        EmailAddress.DomainOf(domain) is { } name && DomainStatusNames.FromName(status) is { } decided
            ? reach.PreviewAsync(name, decided, cancellationToken)
            : Task.FromResult(DomainEffect.None);

    public async Task<AdminOutcome> CreateAsync(string domain, Operator by, CancellationToken cancellationToken)
    {
        if (EmailAddress.DomainOf(domain) is not { } name)
        {
            return NoName(domain);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: false, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await context.EmailDomains.AnyAsync(found => found.Name == name, cancellationToken))
        {
            return new AdminOutcome.Unchanged();
        }

        var added = EmailDomainRules.New(name);
        context.EmailDomains.Add(added);
        await audit.AddAsync(context, Changed(name, before: null, new { status = added.Status.ToName() }, by), cancellationToken);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            // Somebody of that domain was confirmed at the same moment.
            return new AdminOutcome.Unchanged();
        }

        await transaction.CommitAsync(CancellationToken.None);
        return new AdminOutcome.Done();
    }

    public async Task<AdminOutcome> SetAsync(string domain, string status, Operator by, CancellationToken cancellationToken)
    {
        if (DomainStatusNames.FromName(status) is not { } decided)
        {
            return new AdminOutcome.Refused([new FieldError("Status", "A domain is new, moderated, verified or blocked.")]);
        }

        if (EmailAddress.DomainOf(domain) is not { } name)
        {
            return NoName(domain);
        }

        var (refused, isNews) = await DecideAsync(name, decided, by, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        var (touched, ended) = await people.ObeyAsync(name, decided, by, cancellationToken);
        return isNews || touched > 0 ? new AdminOutcome.Done(ended) : new AdminOutcome.Unchanged();
    }

    public async Task<AdminOutcome> EditAsync(string domain, DomainEdit edit, Operator by, CancellationToken cancellationToken)
    {
        var source = edit.IsFlagged && TypedText.Normalize(edit.FlagSource) is { Length: > 0 } text ? text : null;
        if (source is not null && (source.Length > PortalDbContext.Lengths.Name || source.Any(char.IsControl)))
        {
            return new AdminOutcome.Refused([new FieldError("FlagSource", "Say in at most 255 printable characters who flagged it.")]);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: false, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await RowAsync(context, domain, cancellationToken) is not { } row)
        {
            return NotListed(domain);
        }

        if (edit.CategoryId is { } category && !await context.DomainCategories.AnyAsync(found => found.Id == category, cancellationToken))
        {
            return new AdminOutcome.Refused([new FieldError("Category", "There is no such category any more. Choose another.")]);
        }

        if (edit.OrganisationId is { } organisation && !await context.Organisations.AnyAsync(found => found.Id == organisation, cancellationToken))
        {
            return new AdminOutcome.Refused([new FieldError("Organisation", "There is no such organisation any more. Choose another.")]);
        }

        var before = FactsOf(row);
        (row.CategoryId, row.OrganisationId, row.IsFlagged, row.FlagSource) = (edit.CategoryId, edit.OrganisationId, edit.IsFlagged, source);
        var after = FactsOf(row);
        if (Equals(before, after))
        {
            return new AdminOutcome.Unchanged();
        }

        await audit.AddAsync(context, Changed(row.Name, before, after, by), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new AdminOutcome.Done();
    }

    public async Task<AdminOutcome> DeleteAsync(string domain, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: true, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await RowAsync(context, domain, cancellationToken) is not { } row)
        {
            return NotListed(domain);
        }

        if ((await UserCounts.OfDomainsAsync(context, [row.Name], cancellationToken)).TryGetValue(row.Name, out var users))
        {
            return new AdminOutcome.Refused([new FieldError(
                "Domain", users.Users == 1 ? "One person has an address of this domain, so it stays listed." : $"{users.Users} people have addresses of this domain, so it stays listed.")]);
        }

        context.EmailDomains.Remove(row);
        await audit.AddAsync(context, Changed(row.Name, new { status = row.Status.ToName() }, after: null, by), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new AdminOutcome.Done();
    }

    /// <summary>Writes the decision alone.</summary>
    private async Task<(AdminOutcome? Refused, bool IsNews)> DecideAsync(string name, EmailDomainStatus decided, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: decided is EmailDomainStatus.Blocked, cancellationToken) is { } notAllowed)
        {
            return (notAllowed, false);
        }

        if (decided is EmailDomainStatus.Blocked && await reach.WhyNotAsync(context, name, by, cancellationToken) is { } reason)
        {
            return (new AdminOutcome.Refused([reason]), false);
        }

        var row = await context.EmailDomains.SingleOrDefaultAsync(found => found.Name == name, cancellationToken);
        if (row?.Status == decided)
        {
            return (null, false);
        }

        var before = row?.Status.ToName();
        if (row is null)
        {
            row = EmailDomainRules.New(name);
            context.EmailDomains.Add(row);
        }

        row.Status = decided;
        await audit.AddAsync(context, Changed(name, before is null ? null : new { status = before }, new { status = decided.ToName() }, by), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return (null, true);
    }

    private static Task<EmailDomain?> RowAsync(PortalDbContext context, string domain, CancellationToken cancellationToken)
    {
        var name = EmailAddress.DomainOf(domain) ?? "";
        return context.EmailDomains.SingleOrDefaultAsync(found => found.Name == name, cancellationToken);
    }

    private static object FactsOf(EmailDomain row) =>
        new { category = row.CategoryId, organisation = row.OrganisationId, flagged = row.IsFlagged, flag_source = row.FlagSource };

    private static AuditEntry Changed(string domain, object? before, object? after, Operator by) => new(AuditKind.DomainChanged, SubjectId: null)
    {
        ActorId = by.UserId,
        SessionId = by.SessionId,
        Details = AuditEntry.BeforeAndAfter("domain", domain, before, after),
    };

    private static AdminOutcome.NotFound NotListed(string domain) => new($"The domain \"{domain}\" is not listed.");

    private static AdminOutcome.Refused NoName(string domain) =>
        new([new FieldError("Domain", $"\"{domain}\" is no domain's name. Write it like example.org.")]);
}
