using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Administration;

internal sealed partial class DomainLabelAdmin(
    IDbContextFactory<PortalDbContext> contexts, OperatorGuard guard, AccountChanges changes, AuditLog audit) : IDomainLabelAdmin
{
    private static readonly AdminOutcome TakenIdentifier = new AdminOutcome.Refused([new FieldError("Identifier", "Another organisation has this identifier.") { IsTaken = true }]);

    public async Task<DomainLabels> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return new DomainLabels(
            await context.DomainCategories.OrderBy(row => row.Name).Select(row => new DomainCategoryInfo(row.Id, row.Name)).ToListAsync(cancellationToken),
            await OrganisationPaths.AllAsync(context, cancellationToken));
    }

    public Task<AdminOutcome> AddCategoryAsync(string name, Operator by, CancellationToken cancellationToken) => ChangeAsync(by, new AdminOutcome.Unchanged(), async context =>
    {
        name = name.Trim();
        if (!CategoryName().IsMatch(name))
        {
            return Refused("Category", "A category's name has 1 to 64 lower-case letters, digits and hyphens.");
        }

        if (await context.DomainCategories.AnyAsync(row => row.Name == name, cancellationToken))
        {
            return new AdminOutcome.Unchanged();
        }

        context.DomainCategories.Add(new DomainCategory { Name = name });
        await NoteAsync(context, "category", before: null, after: name, by, cancellationToken);
        return new AdminOutcome.Done();
    }, cancellationToken);

    public Task<AdminOutcome> DeleteCategoryAsync(long id, Operator by, CancellationToken cancellationToken) => ChangeAsync(by, whenTaken: null, async context =>
    {
        // Taken, so that no domain gets it between being told and losing it.
        await context.DomainCategories.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(taken => taken.Name, taken => taken.Name), cancellationToken);
        if (await context.DomainCategories.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } found)
        {
            return new AdminOutcome.NotFound("There is no such category.");
        }

        await NoteAsync(context, context.EmailDomains.Where(row => row.CategoryId == id), cancellationToken);
        context.DomainCategories.Remove(found);
        await NoteAsync(context, "category", found.Name, after: null, by, cancellationToken);
        return new AdminOutcome.Done();
    }, cancellationToken);

    public async Task<AdminOutcome> AddOrganisationAsync(OrganisationEdit organisation, Operator by, CancellationToken cancellationToken)
    {
        var added = new Organisation { Name = organisation.Name.Trim(), ParentId = organisation.ParentId, Identifier = IdentifierOf(organisation) };
        var outcome = await ChangeAsync(by, TakenIdentifier, async context =>
        {
            if (await WhyNotAsync(context, null, organisation, cancellationToken) is { } refused)
            {
                return refused;
            }

            context.Organisations.Add(added);
            await NoteAsync(context, "organisation", before: null, FactsOf(added), by, cancellationToken);
            return new AdminOutcome.Done();
        }, cancellationToken);
        return outcome is AdminOutcome.Done done ? done with { MadeId = added.Id } : outcome;
    }

    public Task<AdminOutcome> EditOrganisationAsync(long id, OrganisationEdit organisation, Operator by, CancellationToken cancellationToken) => ChangeAsync(by, TakenIdentifier, async context =>
    {
        if (await TakeAsync(context, id, cancellationToken) is not { } found)
        {
            return NoOrganisation();
        }

        if (WhyOld(found, by) is { } old)
        {
            return old;
        }

        if (await WhyNotAsync(context, id, organisation, cancellationToken) is { } refused)
        {
            return refused;
        }

        var before = FactsOf(found);
        (found.Name, found.ParentId, found.Identifier) = (organisation.Name.Trim(), organisation.ParentId, IdentifierOf(organisation));
        if (Equals(before, FactsOf(found)))
        {
            return new AdminOutcome.Unchanged();
        }

        await NoteAsync(context, "organisation", before, FactsOf(found), by, cancellationToken);
        return new AdminOutcome.Done();
    }, cancellationToken);

    public Task<AdminOutcome> DeleteOrganisationAsync(long id, Operator by, CancellationToken cancellationToken) => ChangeAsync(by, whenTaken: null, async context =>
    {
        if (await TakeAsync(context, id, cancellationToken) is not { } found)
        {
            return NoOrganisation();
        }

        if (WhyOld(found, by) is { } old)
        {
            return old;
        }

        if (await context.Organisations.AnyAsync(row => row.ParentId == id, cancellationToken))
        {
            return Refused("Organisation", "Other organisations are parts of it. Move or delete them first.");
        }

        await NoteAsync(context, context.EmailDomains.Where(row => row.OrganisationId == id), cancellationToken);
        context.Organisations.Remove(found);
        await NoteAsync(context, "organisation", FactsOf(found), after: null, by, cancellationToken);
        return new AdminOutcome.Done();
    }, cancellationToken);

    /// <param name="by">Who asks.</param>
    /// <param name="whenTaken">The answer when somebody writes the same unique value at the same time; null where none is written.</param>
    /// <param name="change">What is done, in a transaction; saved when it answers that it is.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    private async Task<AdminOutcome> ChangeAsync(Operator by, AdminOutcome? whenTaken, Func<PortalDbContext, Task<AdminOutcome>> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: false, cancellationToken) is { } refused)
        {
            return refused;
        }

        var outcome = await change(context);
        if (outcome is not AdminOutcome.Done)
        {
            return outcome;
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (whenTaken is not null && context.IsUniqueViolation(exception))
        {
            return whenTaken;
        }

        await transaction.CommitAsync(CancellationToken.None);
        return outcome;
    }

    /// <summary>The row, taken for this transaction, so that of two changes at once the second sees the first.</summary>
    private static async Task<Organisation?> TakeAsync(PortalDbContext context, long id, CancellationToken cancellationToken)
    {
        await context.Organisations.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(taken => taken.Name, taken => taken.Name), cancellationToken);
        return await context.Organisations.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    private static AdminOutcome.Conflict? WhyOld(Organisation row, Operator by)
    {
        var version = OrganisationInfo.VersionOf(row.Id, row.Name, row.Identifier, row.ParentId);
        return by.Seen is { } seen && seen != version ? new AdminOutcome.Conflict(version, []) : null;
    }

    private static async Task<AdminOutcome?> WhyNotAsync(PortalDbContext context, long? id, OrganisationEdit edit, CancellationToken cancellationToken)
    {
        if (edit.Name.Trim() is not { Length: > 0 and <= PortalDbContext.Lengths.Name } name || name.Any(char.IsControl))
        {
            return Refused("Name", "An organisation's name has 1 to 255 printable characters.");
        }

        var identifier = IdentifierOf(edit);
        if (identifier?.Length > PortalDbContext.Lengths.Name || identifier?.Any(char.IsControl) == true)
        {
            return Refused("Identifier", "An identifier has at most 255 printable characters.");
        }

        if (identifier is not null && await context.Organisations.AnyAsync(row => row.Identifier == identifier && row.Id != (id ?? 0), cancellationToken))
        {
            return TakenIdentifier;
        }

        var depth = 1;
        for (var above = edit.ParentId; above is { } parent; depth++)
        {
            if (parent == id)
            {
                return Refused("Parent", "An organisation cannot be a part of itself or of its own parts.");
            }

            if (depth >= Organisation.MaxDepth)
            {
                return Refused("Parent", $"The tree is at most {Organisation.MaxDepth} levels deep.");
            }

            var found = await context.Organisations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == parent, cancellationToken);
            if (found is null)
            {
                return Refused("Parent", "There is no such organisation any more. Choose another.");
            }

            above = found.ParentId;
        }

        return null;
    }

    /// <summary>Tells of domains that lose a label: the database empties their columns, past the change tracker. However many they are, a number each.</summary>
    private async Task NoteAsync(PortalDbContext context, IQueryable<EmailDomain> domains, CancellationToken cancellationToken)
    {
        foreach (var id in await domains.OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken))
        {
            changes.Note(context, AccountChangeSubject.Domain, id, AccountChangeKind.Changed);
        }
    }

    private Task NoteAsync(PortalDbContext context, string what, object? before, object? after, Operator by, CancellationToken cancellationToken) =>
        audit.AddAsync(context, new AuditEntry(AuditKind.DomainLabelChanged, SubjectId: null)
        {
            ActorId = by.UserId,
            SessionId = by.SessionId,
            Details = AuditEntry.BeforeAndAfter("label", what, before, after),
        }, cancellationToken);

    private static string? IdentifierOf(OrganisationEdit edit) => edit.Identifier?.Trim() is { Length: > 0 } text ? text : null;

    private static object FactsOf(Organisation row) => new { name = row.Name, parent = row.ParentId, identifier = row.Identifier };

    private static AdminOutcome.NotFound NoOrganisation() => new("There is no such organisation.");

    private static AdminOutcome.Refused Refused(string field, string message) => new([new FieldError(field, message)]);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex CategoryName();
}
