using Microsoft.AspNetCore.Identity;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;

namespace Portal.Accounts.Transfer;

/// <summary>Holds users that are right in themselves against those who are there, and writes the others, a batch at a time.</summary>
internal sealed class ImportWriting(AccountChanges changes, AuditLog audit, ImportedRoles roles, ImportedFactors factors, ILookupNormalizer normalizer)
{
    /// <summary>
    /// Writes users in the running transaction, which nobody else writes beside; in a dry run only looks. False where it was not
    /// looked up who is there and somebody is: the transaction is to be rolled back then.
    /// </summary>
    public async Task<bool> WriteAsync(
        PortalDbContext context, ImportRun run, IReadOnlyList<(long Line, ImportedUser User)> batch, bool looksUp, CancellationToken cancellationToken)
    {
        // Takes the numbers for itself, and so sees everybody who is there.
        var last = await context.LastUserIdAsync(cancellationToken);
        var there = await PeopleThere.FindAsync(context, run, [.. batch.Select(entry => entry.User)], looksUp, cancellationToken);
        List<ImportedUser> accepted = [];
        List<(long Line, string Fault)> refused = [];
        foreach (var (line, user) in batch)
        {
            if (FaultOf(run, there, user) is { } fault)
            {
                refused.Add((line, fault));
            }
            else if (!there.Users.ContainsKey(user.Row.NormalizedEmail!))
            {
                foreach (var value in user.Unique)
                {
                    run.Seen.Add(value);
                }

                accepted.Add(user);
            }
        }

        if (!looksUp && refused.Count > 0)
        {
            // Who is refused may be there already, and is then left as they are. Nothing is written yet.
            foreach (var value in accepted.SelectMany(user => user.Unique))
            {
                run.Seen.Remove(value);
            }

            return await WriteAsync(context, run, batch, looksUp: true, cancellationToken);
        }

        if (!await TryAddAsync(context, run, there, accepted, last, looksUp, cancellationToken))
        {
            return false;
        }

        refused.ForEach(line => run.Refuse(line.Line, line.Fault));
        run.Imported += accepted.Count;
        run.AlreadyThere += batch.Count - refused.Count - accepted.Count;
        run.MetPeople = there.HasPeople;
        return true;
    }

    private string? FaultOf(ImportRun run, PeopleThere there, ImportedUser user)
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

    private bool HasRole(ImportRun run, PeopleThere there, string name) =>
        there.Roles.ContainsKey(normalizer.NormalizeName(name)) || run.PlannedRoles.ContainsKey(normalizer.NormalizeName(name));

    private static string Twice(string kind) => $"The file has this {kind} before.";

    /// <summary>What holds for a domain, and of which of its suffixes it was decided. Found once a batch: many have one domain.</summary>
    private static (EmailDomainStatus Status, string Suffix) DecisionOn(ImportRun run, PeopleThere there, string domain) => there.Decisions.TryGetValue(domain, out var known)
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

    private async Task<bool> TryAddAsync(
        PortalDbContext context, ImportRun run, PeopleThere there, List<ImportedUser> users, long last, bool looksUp, CancellationToken cancellationToken)
    {
        try
        {
            await AddAsync(context, run, there, users, last, cancellationToken);
            return true;
        }
        catch (Exception exception) when (!looksUp && context.IsUniqueViolation(exception))
        {
            return false;
        }
    }

    /// <summary>Adds users who may come, with the roles that the request makes for them; in a dry run keeps in mind that it would.</summary>
    private async Task AddAsync(PortalDbContext context, ImportRun run, PeopleThere there, List<ImportedUser> users, long last, CancellationToken cancellationToken)
    {
        if (run.Request.CreatesRoles)
        {
            foreach (var name in users.SelectMany(user => user.Roles).Where(name => !HasRole(run, there, name)).DistinctBy(normalizer.NormalizeName).ToList())
            {
                there.Roles.Add(normalizer.NormalizeName(name), await roles.MakeAsync(context, run, name, cancellationToken));
                run.Decisions++;
            }
        }

        if (run.Request.IsDryRun)
        {
            run.PlannedUserDomains.UnionWith(users.Select(user => user.Row.Domain!));
        }
        else if (users.Count > 0)
        {
            Number(run, users, last);
            await AddAsync(context, run, there, users, cancellationToken);
        }
    }

    private async Task AddAsync(PortalDbContext context, ImportRun run, PeopleThere there, List<ImportedUser> users, CancellationToken cancellationToken)
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
}
