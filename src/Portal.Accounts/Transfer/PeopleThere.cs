using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;

namespace Portal.Accounts.Transfer;

/// <summary>What the database holds of what a batch of people speaks of.</summary>
internal sealed record PeopleThere
{
    public required Dictionary<string, Known> Users { get; init; }

    public required HashSet<string> UserNames { get; init; }

    public required HashSet<long> Ids { get; init; }

    public required HashSet<(string Provider, string Key)> Identities { get; init; }

    public required HashSet<string> Passkeys { get; init; }

    public required Dictionary<string, long> Roles { get; init; }

    public required Dictionary<string, EmailDomainStatus> Domains { get; init; }

    public Dictionary<string, (EmailDomainStatus Status, string Suffix)> Decisions { get; } = [];

    public bool HasPeople => Users.Count + UserNames.Count + Ids.Count + Identities.Count + Passkeys.Count > 0;

    /// <summary>Roles and domains always; people and what is theirs where they are looked up.</summary>
    public static async Task<PeopleThere> FindAsync(
        PortalDbContext context, ImportRun run, List<ImportedUser> batch, bool looksUp, CancellationToken cancellationToken)
    {
        var (people, domains) = (looksUp ? batch : [], batch.Select(user => user.Row.Domain!).Distinct());
        // Each list one parameter, however long: thousands of their own are slow to name, to write down and to bind.
        List<string> emails = [.. people.Select(user => user.Row.NormalizedEmail!)];
        List<string> names = [.. people.Select(user => user.Row.NormalizedUserName).OfType<string>()];
        List<UserIdentity> identities = [.. people.SelectMany(user => user.Identities)];
        List<long> ids = run.Request.KeepsIds ? [.. people.Select(user => user.Row.Id).Where(id => id > 0)] : [];
        var (takenEmails, takenNames, providers, keys, suffixes) = (
            context.RowsOf(emails),
            context.RowsOf(names),
            context.RowsOf([.. identities.Select(identity => identity.LoginProvider).Distinct()]),
            context.RowsOf([.. identities.Select(identity => identity.ProviderKey).Distinct()]),
            context.RowsOf([.. domains.SelectMany(EmailDomainRules.SuffixesOf).Distinct()]));
        return new PeopleThere
        {
            Users = emails.Count == 0 ? [] : await context.Users
                .Where(user => takenEmails.Contains(user.NormalizedEmail!))
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
            Passkeys = await ImportedFactors.PasskeysThereAsync(context, people.SelectMany(user => user.Passkeys), cancellationToken),
            Roles = await context.Roles.Select(role => new { role.NormalizedName, role.Id }).ToDictionaryAsync(role => role.NormalizedName!, role => role.Id, cancellationToken),
            Domains = await context.EmailDomains
                .Where(row => suffixes.Contains(row.Name))
                .Select(row => new { row.Name, row.Status })
                .ToDictionaryAsync(row => row.Name, row => row.Status, cancellationToken),
        };
    }

    public sealed record Known(long Id, string NormalizedEmail, string? NormalizedUserName, DateTimeOffset CreatedAt);
}
