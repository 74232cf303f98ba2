using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>Writes domains: whatever is wanted of one is checked first and written in one transaction. Its people follow afterwards.</summary>
internal sealed class DomainChanges(IDbContextFactory<PortalDbContext> contexts, OperatorGuard guard, DomainReach reach, AuditLog audit)
{
    private static readonly FieldError NoStatus = new("Status", "A domain is new, moderated, verified or blocked.");
    private static readonly FieldError LongSource = new("FlagSource", "Say in at most 255 printable characters who flagged it.");
    private static readonly FieldError NoCategory = new("Category", "There is no such category any more. Choose another.");
    private static readonly FieldError NoOrganisation = new("Organisation", "There is no such organisation any more. Choose another.");

    /// <summary>Another text as soon as something else is decided or known of it.</summary>
    public static string VersionOf(EmailDomain row) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { row.Id, row.Status, row.CategoryId, row.OrganisationId, row.IsFlagged, row.FlagSource })))[..12];

    public static AdminOutcome.NotFound NotListed(string domain) => new($"The domain \"{domain}\" is not listed.");

    /// <summary>An event of a domain's life.</summary>
    private static AuditEntry Changed(string domain, object? before, object? after, Operator by) => new(AuditKind.DomainChanged, SubjectId: null)
    {
        ActorId = by.UserId,
        SessionId = by.SessionId,
        Details = AuditEntry.BeforeAndAfter("domain", domain, before, after),
    };

    /// <summary>Writes an edit. A domain that is not listed is, where it <paramref name="mayBeNew"/>.</summary>
    public async Task<AdminOutcome> WriteAsync(string name, DomainEdit edit, bool mayBeNew, Operator by, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryWriteAsync(name, edit, mayBeNew, by, cancellationToken) is { } outcome)
            {
                return outcome;
            }
        }
    }

    public async Task<AdminOutcome> DeleteAsync(string name, string? version, Operator by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: true, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await EmailDomainRules.TakeAsync(context, name, cancellationToken) is not { } row)
        {
            return NotListed(name);
        }

        if (version is not null && version != VersionOf(row))
        {
            return new AdminOutcome.Conflict(VersionOf(row), []);
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

    /// <summary>Null when somebody else listed the domain at the same moment, as who is confirmed does, and nothing was written: then it is there.</summary>
    private async Task<AdminOutcome?> TryWriteAsync(string name, DomainEdit edit, bool mayBeNew, Operator by, CancellationToken cancellationToken)
    {
        var decided = DomainStatusNames.FromName(edit.Status ?? "");
        var source = TypedText.Normalize(edit.FlagSource);
        List<FieldError> faults = [];
        if (edit.Status is not null && decided is null)
        {
            faults.Add(NoStatus);
        }

        if (edit.FlagSource is not null && (source is null || source.Length > PortalDbContext.Lengths.Name || source.Any(char.IsControl)))
        {
            faults.Add(LongSource);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: decided is EmailDomainStatus.Blocked or EmailDomainStatus.Verified, cancellationToken) is { } refused)
        {
            return refused;
        }

        var row = await EmailDomainRules.TakeAsync(context, name, cancellationToken);
        if (row is null && !mayBeNew)
        {
            return NotListed(name);
        }

        faults.AddRange(await MissingAsync(context, edit, cancellationToken));
        if (faults.Count == 0 && decided is EmailDomainStatus.Blocked && await reach.WhyNotAsync(context, name, by, cancellationToken) is { } reason)
        {
            faults.Add(reason);
        }

        if (faults.Count > 0)
        {
            return new AdminOutcome.Refused(faults);
        }

        var isNew = row is null;
        row ??= context.EmailDomains.Add(EmailDomainRules.New(name)).Entity;
        var (status, facts, version) = (isNew ? null : row.Status.ToName(), FactsOf(row), VersionOf(row));
        var before = ValuesOf(row);
        row.Status = decided ?? row.Status;
        row.CategoryId = edit.CategoryId is { } category ? category == 0 ? null : category : row.CategoryId;
        row.OrganisationId = edit.OrganisationId is { } organisation ? organisation == 0 ? null : organisation : row.OrganisationId;
        row.IsFlagged = edit.IsFlagged ?? row.IsFlagged;
        row.FlagSource = row.IsFlagged && (edit.FlagSource is null ? row.FlagSource : source) is { Length: > 0 } kept ? kept : null;
        var (changes, conflicts) = Edits.Compare(before, ValuesOf(row), before: null, isOld: edit.Version is not null && edit.Version != version);
        if (!isNew && changes.Count == 0)
        {
            return new AdminOutcome.Unchanged();
        }

        if (conflicts.Count > 0)
        {
            return new AdminOutcome.Conflict(version, conflicts);
        }

        if (status != row.Status.ToName())
        {
            await audit.AddAsync(context, Changed(name, status is null ? null : new { status }, new { status = row.Status.ToName() }, by), cancellationToken);
        }

        if (!Equals(facts, FactsOf(row)))
        {
            await audit.AddAsync(context, Changed(name, facts, FactsOf(row), by), cancellationToken);
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return null;
        }

        await transaction.CommitAsync(CancellationToken.None);
        return new AdminOutcome.Done();
    }

    /// <summary>The labels that are wanted and not there.</summary>
    private static async Task<IReadOnlyList<FieldError>> MissingAsync(PortalDbContext context, DomainEdit edit, CancellationToken cancellationToken)
    {
        List<FieldError> missing = [];
        if (edit.CategoryId is { } category and not 0 && !await context.DomainCategories.AnyAsync(found => found.Id == category, cancellationToken))
        {
            missing.Add(NoCategory);
        }

        if (edit.OrganisationId is { } organisation and not 0 && !await context.Organisations.AnyAsync(found => found.Id == organisation, cancellationToken))
        {
            missing.Add(NoOrganisation);
        }

        return missing;
    }

    private static object FactsOf(EmailDomain row) =>
        new { category = row.CategoryId, organisation = row.OrganisationId, flagged = row.IsFlagged, flag_source = row.FlagSource };

    /// <summary>What a conflict tells of.</summary>
    private static Dictionary<string, string?> ValuesOf(EmailDomain row) => new()
    {
        ["status"] = row.Status.ToName(),
        ["category"] = row.CategoryId?.ToString(CultureInfo.InvariantCulture),
        ["organisation"] = row.OrganisationId?.ToString(CultureInfo.InvariantCulture),
        ["flagged"] = row.IsFlagged ? "true" : "false",
        ["flag_source"] = row.FlagSource,
    };
}
