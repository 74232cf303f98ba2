using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;

namespace Portal.Accounts.Administration;

internal sealed class DomainAdmin(
    IDbContextFactory<PortalDbContext> contexts, OperatorGuard guard, DomainLists lists, DomainReach reach, DomainChanges changes, DomainPeople people, AuditLog audit) : IDomainAdmin
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
        await audit.AddAsync(context, DomainChanges.Changed(name, before: null, new { status = added.Status.ToName() }, by), cancellationToken);
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

    public async Task<AdminOutcome> SetAsync(string domain, string status, Operator by, CancellationToken cancellationToken) =>
        EmailAddress.DomainOf(domain) is { } name
            ? await ChangeAsync(name, new DomainEdit { Status = status }, lists: true, by, cancellationToken)
            : NoName(domain);

    public async Task<AdminOutcome> EditAsync(string domain, DomainEdit edit, Operator by, CancellationToken cancellationToken) =>
        EmailAddress.DomainOf(domain) is { } name
            ? await ChangeAsync(name, edit, lists: false, by, cancellationToken)
            : DomainChanges.NotListed(domain);

    public async Task<AdminOutcome> DeleteAsync(string domain, Operator by, string? version, CancellationToken cancellationToken) =>
        EmailAddress.DomainOf(domain) is { } name
            ? await changes.DeleteAsync(name, version, by, cancellationToken)
            : DomainChanges.NotListed(domain);

    /// <summary>Also where nothing is new: people who did not follow a decision yet do then.</summary>
    private async Task<AdminOutcome> ChangeAsync(string name, DomainEdit edit, bool lists, Operator by, CancellationToken cancellationToken)
    {
        var written = await changes.WriteAsync(name, edit, lists, by, cancellationToken);
        if (written is not (AdminOutcome.Done or AdminOutcome.Unchanged) || DomainStatusNames.FromName(edit.Status ?? "") is not { } decided)
        {
            return written;
        }

        var (touched, ended) = await people.ObeyAsync(name, decided, by, cancellationToken);
        return written is AdminOutcome.Done || touched > 0 ? new AdminOutcome.Done(ended) : written;
    }

    private static AdminOutcome.Refused NoName(string domain) =>
        new([new FieldError("Domain", $"\"{domain}\" is no domain's name. Write it like example.org.")]);
}
