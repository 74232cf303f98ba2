using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

/// <summary>The categories and organisations that domains are labelled with. They stand before those domains, and an organisation behind the one it is a part of.</summary>
internal sealed class ImportLabels(AuditLog audit)
{
    /// <summary>The category of a name, made where it is not there. Null for no name.</summary>
    public async Task<DomainCategory?> CategoryAsync(PortalDbContext context, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return null;
        }

        if (await context.DomainCategories.SingleOrDefaultAsync(known => known.Name == name, cancellationToken) is { } there)
        {
            return there;
        }

        var made = context.DomainCategories.Add(new DomainCategory { Name = name }).Entity;
        await context.SaveChangesAsync(cancellationToken);
        return made;
    }

    public async Task<(string? Fault, bool IsThere)> AddCategoryAsync(PortalDbContext context, ImportRun run, CategoryRecord record, CancellationToken cancellationToken)
    {
        if (TypedText.Normalize(record.Category)?.ToLowerInvariant() is not { Length: > 0 and <= PortalDbContext.Lengths.Word } name || name.Any(char.IsControl))
        {
            return ("A category's name has 1 to 64 printable characters.", false);
        }

        if (run.Seen.Has(SeenValue.Of("category", name)) || await context.DomainCategories.AnyAsync(known => known.Name == name, cancellationToken))
        {
            return (null, true);
        }

        run.Seen.Add(SeenValue.Of("category", name));
        if (!run.Request.IsDryRun)
        {
            await CategoryAsync(context, name, cancellationToken);
            await NoteAsync(context, run, "category", name, cancellationToken);
        }

        return (null, false);
    }

    public async Task<(string? Fault, bool IsThere)> AddOrganisationAsync(PortalDbContext context, ImportRun run, OrganisationRecord record, CancellationToken cancellationToken)
    {
        var identifier = TypedText.Normalize(record.Identifier) is { Length: > 0 } text ? text : null;
        if (TypedText.Normalize(record.Organisation) is not { Length: > 0 and <= PortalDbContext.Lengths.Name } name || name.Any(char.IsControl))
        {
            return ("An organisation's name has 1 to 255 printable characters.", false);
        }

        if (identifier?.Length > PortalDbContext.Lengths.Name || identifier?.Any(char.IsControl) is true)
        {
            return ("An identifier has at most 255 printable characters.", false);
        }

        if (record.Number is not > 0)
        {
            return ("An organisation has a number from 1, by which the lines behind it name it.", false);
        }

        if (run.Organisations.ContainsKey(record.Number.Value))
        {
            return ("The file has an organisation of this number before.", false);
        }

        (long Id, int Depth) above = default;
        if (record.PartOf is { } number && !run.Organisations.TryGetValue(number, out above))
        {
            return (Missing(number), false);
        }

        if (above.Depth >= Organisation.MaxDepth)
        {
            return ($"The tree is at most {Organisation.MaxDepth} levels deep.", false);
        }

        long? parent = above.Id == 0 ? null : above.Id;
        var (there, taken) = await ThereAsync(context, run, name, parent, identifier, cancellationToken);
        if (taken)
        {
            return ("Another organisation has this identifier.", false);
        }

        var id = there ?? (run.Request.IsDryRun ? -record.Number.Value : await AddAsync(context, run, new Organisation
        {
            Name = name,
            ParentId = parent,
            Identifier = identifier,
            CreatedAt = record.Created ?? default,
            UpdatedAt = record.Updated ?? record.Created ?? default,
        }, cancellationToken));
        run.Organisations.Add(record.Number.Value, (id, above.Depth + 1));
        run.OrganisationsThere.Add(id);
        if (identifier is not null)
        {
            run.Seen.Add(SeenValue.Of("identifier", identifier));
        }

        return (null, there is not null);
    }

    /// <summary>What is said of a line that speaks of an organisation which is not before it.</summary>
    public static string Missing(long number) => FormattableString.Invariant($"There is no organisation {number} before this line.");

    /// <summary>The organisation that is there just like this; of several alike each line of a file takes one.</summary>
    private static async Task<(long? Id, bool IsTaken)> ThereAsync(
        PortalDbContext context, ImportRun run, string name, long? parent, string? identifier, CancellationToken cancellationToken)
    {
        var alike = await context.Organisations
            .Where(row => row.Name == name && row.ParentId == parent && row.Identifier == identifier)
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        if (alike.Find(id => !run.OrganisationsThere.Contains(id)) is > 0 and var there)
        {
            return (there, false);
        }

        return (null, identifier is not null
            && (run.Seen.Has(SeenValue.Of("identifier", identifier)) || await context.Organisations.AnyAsync(row => row.Identifier == identifier, cancellationToken)));
    }

    private async Task<long> AddAsync(PortalDbContext context, ImportRun run, Organisation row, CancellationToken cancellationToken)
    {
        context.Organisations.Add(row);
        await NoteAsync(context, run, "organisation", new { name = row.Name, parent = row.ParentId, identifier = row.Identifier }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        return row.Id;
    }

    private async Task NoteAsync(PortalDbContext context, ImportRun run, string what, object after, CancellationToken cancellationToken)
    {
        await audit.AddAsync(context, new AuditEntry(AuditKind.DomainLabelChanged, SubjectId: null)
        {
            Details = new Dictionary<string, object?> { ["label"] = what, ["after"] = after, ["reason"] = "import", ["batch"] = run.Batch },
        }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }
}
