using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

/// <summary>Roles that a file brings: by a line of their own, or, where that is wished, by the people who have them.</summary>
internal sealed class ImportedRoles(AuditLog audit, ILookupNormalizer normalizer)
{
    /// <summary>What is wrong with a role; null for nothing.</summary>
    public static string? FaultOf(RoleRecord record) =>
        TypedText.Normalize(record.Role) is not { Length: > 0 and <= PortalDbContext.Lengths.RoleName } name || name.Any(char.IsControl)
            ? "A role's name has 1 to 80 printable characters."
            : TypedText.Normalize(record.Description)?.Length > PortalDbContext.Lengths.Name ? "A role's description has at most 255 characters."
            : null;

    public async Task<(string? Fault, bool IsThere)> AddAsync(PortalDbContext context, ImportRun run, RoleRecord record, CancellationToken cancellationToken)
    {
        if (FaultOf(record) is { } fault)
        {
            return (fault, false);
        }

        var row = RowOf(record);
        var there = run.PlannedRoles.GetValueOrDefault(row.NormalizedName!)
            ?? await context.Roles.AsNoTracking().SingleOrDefaultAsync(role => role.NormalizedName == row.NormalizedName, cancellationToken);
        if (there is not null)
        {
            return (there.Description, there.IsManaged) == (row.Description, row.IsManaged) ? (null, true) : ("There is another role of this name.", false);
        }

        await MakeAsync(context, run, row, cancellationToken);
        return (null, false);
    }

    /// <summary>Makes a role that nothing more is known of than its name, which is right. In a dry run its number is 0.</summary>
    public async Task<long> MakeAsync(PortalDbContext context, ImportRun run, string name, CancellationToken cancellationToken)
    {
        var row = RowOf(new RoleRecord { Role = name });
        await MakeAsync(context, run, row, cancellationToken);
        return row.Id;
    }

    private async Task MakeAsync(PortalDbContext context, ImportRun run, Role row, CancellationToken cancellationToken)
    {
        if (run.Request.IsDryRun)
        {
            run.PlannedRoles.Add(row.NormalizedName!, row);
            return;
        }

        context.Roles.Add(row);
        await audit.AddAsync(context, new AuditEntry(AuditKind.RoleCreated, SubjectId: null)
        {
            Details = new Dictionary<string, object?> { ["role"] = row.Name, ["after"] = new { description = row.Description }, ["reason"] = "import", ["batch"] = run.Batch },
        }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }

    private Role RowOf(RoleRecord record)
    {
        var name = TypedText.Normalize(record.Role)!;
        return new Role
        {
            // Policies compare names letter by letter: the administrators' role has one spelling.
            Name = string.Equals(name, RoleNames.Administrator, StringComparison.OrdinalIgnoreCase) ? RoleNames.Administrator : name,
            NormalizedName = normalizer.NormalizeName(name),
            Description = TypedText.Normalize(record.Description) is { Length: > 0 } text ? text : null,
            IsManaged = record.Managed ?? true,
            ConcurrencyStamp = Guid.CreateVersion7().ToString(),
            CreatedAt = record.Created ?? default,
            UpdatedAt = record.Updated ?? record.Created ?? default,
        };
    }
}
