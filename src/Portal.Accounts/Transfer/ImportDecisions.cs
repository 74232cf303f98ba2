using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;

namespace Portal.Accounts.Transfer;

/// <summary>Roles and decisions about domains, with what those are labelled with, which stand before the users that they are for. Few, so one after the other.</summary>
internal sealed class ImportDecisions(ImportedRoles roles, ImportLabels labels, AuditLog audit)
{
    /// <summary>Adds what a line says in the running transaction, or tells why not.</summary>
    public async Task AddAsync(PortalDbContext context, ImportRun run, long line, TransferRecord record, CancellationToken cancellationToken)
    {
        var (fault, isThere) = record switch
        {
            RoleRecord role => await roles.AddAsync(context, run, role, cancellationToken),
            DomainRecord domain => await AddDomainAsync(context, run, domain, cancellationToken),
            CategoryRecord category => await labels.AddCategoryAsync(context, run, category, cancellationToken),
            OrganisationRecord organisation => await labels.AddOrganisationAsync(context, run, organisation, cancellationToken),
            _ => throw new ArgumentException("A user.", nameof(record)),
        };
        if (fault is not null)
        {
            run.Refuse(line, fault);
        }
        else if (isThere)
        {
            run.DecisionsThere++;
        }
        else
        {
            run.Decisions++;
        }
    }

    private async Task<(string? Fault, bool IsThere)> AddDomainAsync(PortalDbContext context, ImportRun run, DomainRecord record, CancellationToken cancellationToken)
    {
        if (EmailAddress.DomainOf(record.Domain ?? "") is not { } name)
        {
            return ("This is not the name of a domain.", false);
        }

        if (DomainStatusNames.FromName(record.Status ?? "new") is not { } status)
        {
            return ("A domain is new, moderated, verified or blocked.", false);
        }

        var (source, category) = (TypedText.Normalize(record.FlagSource), TypedText.Normalize(record.Category)?.ToLowerInvariant());
        if (source?.Length > PortalDbContext.Lengths.Name || category?.Length > PortalDbContext.Lengths.Word)
        {
            return ("A category has at most 64 characters, a flag_source at most 255.", false);
        }

        (long Id, int Depth) organisation = default;
        if (record.Organisation is { } number && !run.Organisations.TryGetValue(number, out organisation))
        {
            return (ImportLabels.Missing(number), false);
        }

        var isFlagged = record.Flagged ?? false;
        var wanted = new Decision(
            status, isFlagged, isFlagged && source is { Length: > 0 } ? source : null, organisation.Id == 0 ? null : organisation.Id, category is { Length: > 0 } ? category : null);
        var row = await EmailDomainRules.TakeAsync(context, name, cancellationToken);
        var there = run.PlannedDomains.GetValueOrDefault(name) ?? (row is null ? null : await DecisionOfAsync(context, row, cancellationToken));
        if (there == wanted)
        {
            // A former run of the file may have decided it; what an operator blocked here no file lets in again.
            if (status is EmailDomainStatus.Blocked && (run.ImportedDomains ??= await ImportedAsync(context, cancellationToken)).Contains(name))
            {
                run.Domains.Add(name);
            }

            return (null, true);
        }

        if (there is not null && there != Decision.None)
        {
            return ("Something else was decided about this domain here. Change it on its page.", false);
        }

        if (status is EmailDomainStatus.Blocked && await HasPeopleAsync(context, run, name, cancellationToken))
        {
            return ("People have addresses of this domain. Block it on its page, which shows whom that concerns.", false);
        }

        run.Domains.Add(name);
        if (run.Request.IsDryRun)
        {
            run.PlannedDomains[name] = wanted;
            return (null, false);
        }

        if (row is null)
        {
            row = context.EmailDomains.Add(EmailDomainRules.New(name)).Entity;
            (row.CreatedAt, row.UpdatedAt) = (record.Created ?? default, record.Updated ?? record.Created ?? default);
        }

        (row.Status, row.IsFlagged, row.FlagSource, row.OrganisationId) = (wanted.Status, wanted.IsFlagged, wanted.FlagSource, wanted.OrganisationId);
        row.CategoryId = (await labels.CategoryAsync(context, wanted.Category, cancellationToken))?.Id;
        await audit.AddAsync(context, new AuditEntry(AuditKind.DomainChanged, SubjectId: null)
        {
            Details = new Dictionary<string, object?> { ["domain"] = name, ["after"] = new { status = status.ToName() }, ["reason"] = "import", ["batch"] = run.Batch },
        }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        return (null, false);
    }

    /// <summary>The domains whose last decision came with a file: the log is gone through once.</summary>
    private static async Task<HashSet<string>> ImportedAsync(PortalDbContext context, CancellationToken cancellationToken)
    {
        HashSet<string> imported = [];
        var kind = AuditKind.DomainChanged.ToName();
        await foreach (var row in context.AuditEvents.Where(row => row.Kind == kind).OrderBy(row => row.Id).Select(row => row.Details).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var details = AuditDetails.Read(row);
            if (details.Text("domain") is not { } domain)
            {
                continue;
            }

            if (details.Text("reason") is "import")
            {
                imported.Add(domain);
            }
            else
            {
                imported.Remove(domain);
            }
        }

        return imported;
    }

    private static async Task<Decision> DecisionOfAsync(PortalDbContext context, EmailDomain row, CancellationToken cancellationToken) => new(
        row.Status, row.IsFlagged, row.FlagSource, row.OrganisationId,
        await context.DomainCategories.Where(category => category.Id == row.CategoryId).Select(category => category.Name).SingleOrDefaultAsync(cancellationToken));

    private static async Task<bool> HasPeopleAsync(PortalDbContext context, ImportRun run, string name, CancellationToken cancellationToken)
    {
        var below = "." + name;
        return run.PlannedUserDomains.Any(domain => domain == name || domain.EndsWith(below, StringComparison.Ordinal))
            || await context.UserCounts.AnyAsync(row => row.Count > 0 && (row.Domain == name || row.Domain.EndsWith(below)), cancellationToken);
    }
}
