using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;

namespace Portal.Accounts.Transfer;

/// <summary>Holds users that are right in themselves against those who are there, and writes the others, a batch in one transaction.</summary>
internal sealed class ImportWriting(AccountChanges changes, AuditLog audit, ImportedRoles roles, ImportedFactors factors, ILookupNormalizer normalizer)
{
    /// <summary>Writes users in the running transaction, which nobody else writes beside; in a dry run only looks.</summary>
    public async Task WriteAsync(PortalDbContext context, ImportRun run, IReadOnlyList<(long Line, ImportedUser User)> batch, CancellationToken cancellationToken)
    {
        // Takes the numbers for itself, and so sees everybody who is there.
        var last = await context.LastUserIdAsync(cancellationToken);
        var there = await ThereAsync(context, run, [.. batch.Select(entry => entry.User)], cancellationToken);
        List<ImportedUser> accepted = [];
        foreach (var (line, user) in batch)
        {
            if (FaultOf(run, there, user) is { } fault)
            {
                run.Refuse(line, fault);
            }
            else if (there.Users.ContainsKey(user.Row.NormalizedEmail!))
            {
                run.AlreadyThere++;
            }
            else
            {
                foreach (var value in user.Unique)
                {
                    run.Seen.Add(value);
                }

                accepted.Add(user);
                run.Imported++;
            }
        }

        if (run.Request.CreatesRoles)
        {
            foreach (var name in accepted.SelectMany(user => user.Roles).Where(name => !HasRole(run, there, name)).DistinctBy(normalizer.NormalizeName).ToList())
            {
                there.Roles.Add(normalizer.NormalizeName(name), await roles.MakeAsync(context, run, name, cancellationToken));
                run.Decisions++;
            }
        }

        if (run.Request.IsDryRun)
        {
            run.PlannedUserDomains.UnionWith(accepted.Select(user => user.Row.Domain!));
        }
        else if (accepted.Count > 0)
        {
            Number(run, accepted, last);
            await AddAsync(context, run, there, accepted, cancellationToken);
        }
    }

    private static async Task<There> ThereAsync(
        PortalDbContext context, ImportRun run, List<ImportedUser> batch, CancellationToken cancellationToken)
    {
        // Each list one parameter, however long: thousands of their own are slow to name, to write down and to bind.
        var emails = context.RowsOf([.. batch.Select(user => user.Row.NormalizedEmail!)]);
        List<string> names = [.. batch.Select(user => user.Row.NormalizedUserName).OfType<string>()];
        List<UserIdentity> identities = [.. batch.SelectMany(user => user.Identities)];
        List<long> ids = run.Request.KeepsIds ? [.. batch.Select(user => user.Row.Id).Where(id => id > 0)] : [];
        List<string> domains = [.. batch.Select(user => user.Row.Domain!).Distinct()];
        var (takenNames, providers, keys, suffixes) = (
            context.RowsOf(names),
            context.RowsOf([.. identities.Select(identity => identity.LoginProvider).Distinct()]),
            context.RowsOf([.. identities.Select(identity => identity.ProviderKey).Distinct()]),
            context.RowsOf([.. domains.SelectMany(EmailDomainRules.SuffixesOf).Distinct()]));
        return new There
        {
            Users = await context.Users
                .Where(user => emails.Contains(user.NormalizedEmail!))
                .Select(user => new Known(user.Id, user.NormalizedEmail!, user.NormalizedUserName, user.CreatedAt))
                .ToDictionaryAsync(user => user.NormalizedEmail, cancellationToken),
            UserNames = names.Count == 0 ? [] : await context.Users
                .Where(user => takenNames.Contains(user.NormalizedUserName!))
                .Select(user => user.NormalizedUserName!)
                .ToHashSetAsync(cancellationToken),
            Ids = ids.Count == 0 ? [] : await context.Users.Where(user => EF.Parameter(ids).Contains(user.Id)).Select(user => user.Id).ToHashSetAsync(cancellationToken),
            Identities = identities.Count == 0 ? [] : (await context.UserLogins
                .Where(row => providers.Contains(row.LoginProvider) && keys.Contains(row.ProviderKey))
                .Select(row => new { row.LoginProvider, row.ProviderKey })
                .ToListAsync(cancellationToken)).Select(row => (row.LoginProvider, row.ProviderKey)).ToHashSet(),
            Passkeys = await ImportedFactors.PasskeysThereAsync(context, batch.SelectMany(user => user.Passkeys), cancellationToken),
            Roles = await context.Roles.Select(role => new { role.NormalizedName, role.Id }).ToDictionaryAsync(role => role.NormalizedName!, role => role.Id, cancellationToken),
            Domains = await context.EmailDomains
                .Where(row => suffixes.Contains(row.Name))
                .Select(row => new { row.Name, row.Status })
                .ToDictionaryAsync(row => row.Name, row => row.Status, cancellationToken),
        };
    }

    private string? FaultOf(ImportRun run, There there, ImportedUser user)
    {
        if (there.Users.TryGetValue(user.Row.NormalizedEmail!, out var known))
        {
            return run.Seen.Has(user.Unique[0]) ? Twice("address")
                : user.Row.NormalizedUserName is { } name && name != known.NormalizedUserName ? "Another account has this address, with another username."
                : user.HasOwnCreation && user.Row.CreatedAt != known.CreatedAt ? "Another account has this address, made at another time."
                : run.Request.KeepsIds && user.Row.Id > 0 && user.Row.Id != known.Id ? "Another account has this address, with another id."
                : null;
        }

        foreach (var value in user.Unique)
        {
            if (run.Seen.Has(value))
            {
                return Twice(value.Kind);
            }
        }

        if (user.Row.NormalizedUserName is { } wanted && there.UserNames.Contains(wanted))
        {
            return "Another account has this username.";
        }

        foreach (var identity in user.Identities)
        {
            if (there.Identities.Contains((identity.LoginProvider, identity.ProviderKey)))
            {
                return $"Another account has this identity of {identity.LoginProvider}.";
            }
        }

        foreach (var passkey in user.Passkeys)
        {
            if (there.Passkeys.Contains(ImportedFactors.NameOf(passkey)))
            {
                return "Another account has this passkey.";
            }
        }

        if (there.Ids.Contains(user.Row.Id))
        {
            return "Another account has this id.";
        }

        foreach (var role in user.Roles)
        {
            if (!HasRole(run, there, role) && MissingFault(run, role) is { } fault)
            {
                return fault;
            }
        }

        // Whom an administrator verified stays, whatever was decided about the domain; and whom the file confirms beside its own block was let in again.
        return user.Row is { IsActive: true, VerifiedAt: null } && DecisionOn(run, there, user.Row.Domain!) is (EmailDomainStatus.Blocked, var suffix)
            && (user.Row.ConfirmedAt is null || !run.Domains.Contains(suffix))
            ? EmailDomainRules.BlockedMessage
            : null;
    }

    private static string? MissingFault(ImportRun run, string role) => run.Request.CreatesRoles
        ? ImportedRoles.FaultOf(new RoleRecord { Role = role })
        : $"There is no role \"{role}\". Make it first.";

    private bool HasRole(ImportRun run, There there, string name) =>
        there.Roles.ContainsKey(normalizer.NormalizeName(name)) || run.PlannedRoles.ContainsKey(normalizer.NormalizeName(name));

    private static string Twice(string kind) => $"The file has this {kind} before.";

    /// <summary>What holds for a domain, and of which of its suffixes it was decided. Found once a batch: many have one domain.</summary>
    private static (EmailDomainStatus Status, string Suffix) DecisionOn(ImportRun run, There there, string domain) => there.Decisions.TryGetValue(domain, out var known)
        ? known
        : there.Decisions[domain] = EmailDomainRules.SuffixesOf(domain)
            .Select(suffix => (run.PlannedDomains.TryGetValue(suffix, out var planned) ? planned.Status : there.Domains.GetValueOrDefault(suffix, EmailDomainStatus.New), suffix))
            .FirstOrDefault(decision => decision.Item1 is not EmailDomainStatus.New, (EmailDomainStatus.New, domain));

    /// <summary>Gives everybody their number, after the last that was given.</summary>
    private static void Number(ImportRun run, List<ImportedUser> users, long last)
    {
        if (run.Request.KeepsIds)
        {
            last = Math.Max(last, users.Max(user => user.Row.Id));
        }

        foreach (var user in users)
        {
            user.Row.Id = run.Request.KeepsIds && user.Row.Id > 0 ? user.Row.Id : ++last;
        }
    }

    private async Task AddAsync(PortalDbContext context, ImportRun run, There there, List<ImportedUser> users, CancellationToken cancellationToken)
    {
        List<LoginInformation> logins = [];
        List<IdentityUserRole<long>> members = [];
        List<UserIdentity> identities = [];
        foreach (var (row, login, roles, linked) in users)
        {
            if (login is not null)
            {
                login.UserId = row.Id;
                logins.Add(login);
            }

            foreach (var identity in linked)
            {
                identity.UserId = row.Id;
                identities.Add(identity);
            }

            row.RoleCount = roles.Count;
            foreach (var role in roles)
            {
                members.Add(new IdentityUserRole<long> { UserId = row.Id, RoleId = there.Roles[normalizer.NormalizeName(role)] });
                await audit.AddAsync(
                    context,
                    new AuditEntry(AuditKind.RoleGiven, row.Id) { Details = new Dictionary<string, object?> { ["role"] = role, ["reason"] = "import", ["batch"] = run.Batch } },
                    cancellationToken);
            }

            if (row.IsActive && DecisionOn(run, there, row.Domain!).Status is EmailDomainStatus.Blocked)
            {
                // So that who goes on with the block knows that it was meant.
                await audit.AddAsync(
                    context,
                    new AuditEntry(row.VerifiedAt is null ? AuditKind.Activated : AuditKind.Verified, row.Id) { Details = new Dictionary<string, object?> { ["reason"] = "import", ["batch"] = run.Batch } },
                    cancellationToken);
            }

            changes.Note(context, AccountChangeSubject.User, row.Id, AccountChangeKind.Created);
        }

        await context.WriteAsync([.. users.Select(user => user.Row)], cancellationToken);
        await context.WriteAsync(logins, cancellationToken);
        await context.WriteAsync(members, cancellationToken);
        await context.WriteAsync(identities, cancellationToken);
        await factors.AddAsync(context, users, cancellationToken);
        var seenDomains = users.Where(user => user.Row.ConfirmedAt is not null).Select(user => user.Row.Domain!).Distinct();
        context.EmailDomains.AddRange(seenDomains.Where(domain => !there.Domains.ContainsKey(domain)).Select(EmailDomainRules.New));
        await context.SaveChangesAsync(cancellationToken);
    }

    private sealed record Known(long Id, string NormalizedEmail, string? NormalizedUserName, DateTimeOffset CreatedAt);

    /// <summary>What the database holds of what a batch speaks of.</summary>
    private sealed record There
    {
        public required Dictionary<string, Known> Users { get; init; }

        public required HashSet<string> UserNames { get; init; }

        public required HashSet<long> Ids { get; init; }

        public required HashSet<(string Provider, string Key)> Identities { get; init; }

        public required HashSet<string> Passkeys { get; init; }

        public required Dictionary<string, long> Roles { get; init; }

        public required Dictionary<string, EmailDomainStatus> Domains { get; init; }

        public Dictionary<string, (EmailDomainStatus Status, string Suffix)> Decisions { get; } = [];
    }
}
