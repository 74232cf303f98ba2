using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Administration;

/// <summary>
/// Making, renaming and describing roles. Members are told of a new name in the same transaction; where they are very many,
/// the first of them, and the others batch by batch afterwards.
/// </summary>
internal sealed partial class RoleChanges(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    Memberships memberships,
    AccountEvents events,
    AuditLog audit,
    ILogger<RoleChanges> logger)
{
    private const int TellsAtOnce = 1000;

    /// <summary>Real time, whatever the portal's clock says: the writers it makes room for are real.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private static readonly FieldError BadName = new("Name", "A role's name has 1 to 80 printable characters.");
    private static readonly FieldError LongDescription = new("Description", "A role's description has at most 255 characters.");
    private static readonly FieldError TakenName = new("Name", "There is a role of this name already. Choose another.") { IsTaken = true };

    public async Task<AdminOutcome> CreateAsync(string name, string? description, Operator by, CancellationToken cancellationToken)
    {
        if (Check(name, description) is { } faults)
        {
            return faults;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await guard.RefuseAsync(context, by, isSensitive: false, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await memberships.FindRoleAsync(context, name, cancellationToken) is not null)
        {
            return new AdminOutcome.Unchanged();
        }

        await memberships.MakeRoleAsync(context, memberships.NewRole(name.Trim(), Trim(description)), by, cancellationToken);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return new AdminOutcome.Unchanged();
        }

        return new AdminOutcome.Done();
    }

    public async Task<AdminOutcome> EditAsync(string role, RoleEdit edit, Operator by, CancellationToken cancellationToken)
    {
        if (Check(edit.Name ?? "kept", edit.Description) is { } faults)
        {
            return faults;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Another name may mean another power.
        if (await guard.RefuseAsync(context, by, isSensitive: edit.Name is not null, cancellationToken) is { } notAllowed)
        {
            return notAllowed;
        }

        var (found, refused) = await Memberships.TakeRoleAsync(context, await memberships.FindByIdOrNameAsync(context, role, cancellationToken), role, cancellationToken);
        if (found is null)
        {
            return refused!;
        }

        var (name, description) = (edit.Name?.Trim() ?? found.Name!, edit.Description is null ? found.Description : Trim(edit.Description));
        List<FieldConflict> changes = [.. new FieldConflict[]
        {
            new(RoleEdit.NameField, found.Name, name),
            new(RoleEdit.DescriptionField, found.Description, description),
        }.Where(field => field.Theirs != field.Yours)];
        if (changes.Count == 0)
        {
            return new AdminOutcome.Unchanged();
        }

        if (edit.Version is not null && edit.Version != found.ConcurrencyStamp)
        {
            return new AdminOutcome.Conflict(found.ConcurrencyStamp ?? "", changes);
        }

        var isRenamed = name != found.Name;
        if (isRenamed && await memberships.FindRoleAsync(context, name, cancellationToken) is { } other && other.Id != found.Id)
        {
            return new AdminOutcome.Refused([TakenName]);
        }

        var members = isRenamed ? await Memberships.NextAsync(context, found.Id, after: 0, TellsAtOnce, cancellationToken) : [];
        await audit.AddAsync(context, new OperatorAct(by).Entry(
            AuditKind.RoleChanged,
            subjectId: null,
            ("role", name),
            ("before", new { name = found.Name, description = found.Description }),
            ("after", new { name, description })), cancellationToken);
        (found.Name, found.NormalizedName, found.Description) = (name, memberships.NewRole(name, null).NormalizedName, description);
        found.ConcurrencyStamp = Guid.CreateVersion7().ToString();
        var changed = memberships.Changed(context, members);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return new AdminOutcome.Refused([TakenName]);
        }

        await transaction.CommitAsync(CancellationToken.None);
        changed.ForEach(events.Publish);
        Log.Changed(logger, found.Id, members.Count);
        await TellOthersAsync(found.Id, members);
        return new AdminOutcome.Done();
    }

    private static string? Trim(string? description) => TypedText.Normalize(description) is { Length: > 0 } text ? text : null;

    private static AdminOutcome.Refused? Check(string name, string? description)
    {
        List<FieldError> faults = [];
        if (TypedText.Normalize(name) is not { Length: > 0 and <= PortalDbContext.Lengths.RoleName } text || text.Any(char.IsControl))
        {
            faults.Add(BadName);
        }

        if (description?.Length > PortalDbContext.Lengths.Name)
        {
            faults.Add(LongDescription);
        }

        return faults.Count > 0 ? new AdminOutcome.Refused(faults) : null;
    }

    /// <summary>Who is left after a first batch. It is decided, so nothing stops it.</summary>
    private async Task TellOthersAsync(long roleId, List<long> told)
    {
        try
        {
            while (told.Count == TellsAtOnce)
            {
                await Task.Delay(Breath);
                await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
                told = await Memberships.NextAsync(context, roleId, told[^1], TellsAtOnce, CancellationToken.None);
                var changed = memberships.Changed(context, told);
                await context.SaveChangesAsync(CancellationToken.None);
                changed.ForEach(events.Publish);
            }
        }
        catch (Exception exception)
        {
            // The change stands, and open pages look at their roles by themselves after a while.
            Log.Untold(logger, roleId, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Role {RoleId} was changed; {Count} members were told with it.")]
        public static partial void Changed(ILogger logger, long roleId, int count);

        [LoggerMessage(2, LogLevel.Warning, "Role {RoleId} was changed, but not all of its members could be told at once.")]
        public static partial void Untold(ILogger logger, long roleId, Exception exception);
    }
}
