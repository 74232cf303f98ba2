using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;

namespace Portal.Accounts.Administration;

internal sealed class DomainAdmin(IDbContextFactory<PortalDbContext> contexts, OperatorGuard guard, AuditLog audit) : IDomainAdmin
{
    public async Task<IReadOnlyList<DomainInfo>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.EmailDomains.OrderBy(row => row.Name).Select(row => new { row.Name, row.Status }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new DomainInfo(row.Name, NameOf(row.Status)!))];
    }

    public async Task<AdminOutcome> CreateAsync(string domain, Operator by, CancellationToken cancellationToken)
    {
        if (EmailAddress.DomainOf(domain) is not { } name)
        {
            return NoDomain(domain);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
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
        await audit.AddAsync(context, Changed(name, before: null, added.Status, by), cancellationToken);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            // Somebody of that domain was confirmed at the same moment.
            return new AdminOutcome.Unchanged();
        }

        return new AdminOutcome.Done();
    }

    public async Task<AdminOutcome> SetAsync(string domain, string status, Operator by, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<EmailDomainStatus>(status, ignoreCase: true, out var decided) || !Enum.IsDefined(decided))
        {
            return new AdminOutcome.Refused([new FieldError("Status", "A domain is new, moderated, verified or blocked.")]);
        }

        if (EmailAddress.DomainOf(domain) is not { } name)
        {
            return NoDomain(domain);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: decided is EmailDomainStatus.Blocked, cancellationToken) is { } refused)
        {
            return refused;
        }

        var row = await context.EmailDomains.SingleOrDefaultAsync(found => found.Name == name, cancellationToken);
        if (row?.Status == decided)
        {
            return new AdminOutcome.Unchanged();
        }

        var isListed = row is not null;
        if (row is null)
        {
            row = EmailDomainRules.New(name);
            context.EmailDomains.Add(row);
        }

        await audit.AddAsync(context, Changed(name, isListed ? row.Status : null, decided, by), cancellationToken);
        row.Status = decided;
        await context.SaveChangesAsync(cancellationToken);
        return new AdminOutcome.Done();
    }

    private static string? NameOf(EmailDomainStatus? status) => status?.ToString().ToLowerInvariant();

    private static AuditEntry Changed(string domain, EmailDomainStatus? before, EmailDomainStatus after, Operator by) =>
        new(AuditKind.DomainChanged, SubjectId: null)
        {
            ActorId = by.UserId,
            SessionId = by.SessionId,
            Details = new Dictionary<string, object?>
            {
                ["domain"] = domain,
                ["before"] = new { status = NameOf(before) },
                ["after"] = new { status = NameOf(after) },
            },
        };

    private static AdminOutcome.Refused NoDomain(string domain) =>
        new([new FieldError("Domain", $"\"{domain}\" is no domain's name. Write it like example.org.")]);
}
