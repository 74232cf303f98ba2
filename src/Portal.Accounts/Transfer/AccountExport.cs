using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Users;

namespace Portal.Accounts.Transfer;

/// <summary>Reads every account, page by page, as an import takes it.</summary>
internal sealed class AccountExport(IDbContextFactory<PortalDbContext> contexts, ProfileSchema schema, ExportedFactors factors)
{
    private const int PageSize = 1000;

    public async Task<long> WriteAsync(Stream output, ExportRequest request, CancellationToken cancellationToken)
    {
        var users = UsersAsync(request, cancellationToken);
        if (request.Format is TransferFormat.Csv)
        {
            return await CsvFile.WriteAsync(output, [.. schema.Fields.Select(field => field.Name)], users);
        }

        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            foreach (var role in await context.Roles.AsNoTracking().OrderBy(role => role.Id).ToListAsync(cancellationToken))
            {
                await JsonLinesFile.WriteAsync(output, new RoleRecord
                {
                    Role = role.Name,
                    Description = role.Description,
                    Managed = role.IsManaged ? null : false,
                    Created = role.CreatedAt,
                    Updated = role.UpdatedAt,
                }, cancellationToken);
            }

            foreach (var category in await context.DomainCategories.Select(row => row.Name).OrderBy(name => name).ToListAsync(cancellationToken))
            {
                await JsonLinesFile.WriteAsync(output, new CategoryRecord { Category = category }, cancellationToken);
            }

            var organisations = Numbered(await context.Organisations.AsNoTracking().ToListAsync(cancellationToken));
            foreach (var (organisation, number) in organisations.Values.OrderBy(numbered => numbered.Number))
            {
                await JsonLinesFile.WriteAsync(output, new OrganisationRecord
                {
                    Organisation = organisation.Name,
                    Number = number,
                    PartOf = organisation.ParentId is { } parent ? organisations[parent].Number : null,
                    Identifier = organisation.Identifier,
                    Created = organisation.CreatedAt,
                    Updated = organisation.UpdatedAt,
                }, cancellationToken);
            }

            await foreach (var domain in DomainsOf(context, organisations).WithCancellation(cancellationToken))
            {
                await JsonLinesFile.WriteAsync(output, domain, cancellationToken);
            }
        }

        long total = 0;
        await foreach (var user in users)
        {
            await JsonLinesFile.WriteAsync(output, user, cancellationToken);
            total++;
        }

        return total;
    }

    /// <summary>Organisations by their ids, numbered as their lines stand: each behind the one it is a part of, brothers by age.</summary>
    private static Dictionary<long, (Organisation Organisation, long Number)> Numbered(IReadOnlyList<Organisation> all)
    {
        var parts = all.OrderBy(row => row.Id).ToLookup(row => row.ParentId);
        Dictionary<long, (Organisation, long)> numbered = [];
        Add(null);
        return numbered;

        void Add(long? parent)
        {
            foreach (var row in parts[parent])
            {
                numbered.Add(row.Id, (row, numbered.Count + 1));
                Add(row.Id);
            }
        }
    }

    private static IAsyncEnumerable<DomainRecord> DomainsOf(PortalDbContext context, Dictionary<long, (Organisation Organisation, long Number)> organisations) => (
        from domain in context.EmailDomains.AsNoTracking()
        from category in context.DomainCategories.Where(category => category.Id == domain.CategoryId).DefaultIfEmpty()
        orderby domain.Name
        select new { domain, Category = category == null ? null : category.Name })
        .AsAsyncEnumerable()
        .Select(row => new DomainRecord
        {
            Domain = row.domain.Name,
            Status = row.domain.Status.ToName(),
            Category = row.Category,
            Organisation = row.domain.OrganisationId is { } organisation && organisations.TryGetValue(organisation, out var found) ? found.Number : null,
            Flagged = row.domain.IsFlagged ? true : null,
            FlagSource = row.domain.FlagSource,
            Created = row.domain.CreatedAt,
            Updated = row.domain.UpdatedAt,
        });

    private async IAsyncEnumerable<UserRecord> UsersAsync(ExportRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (last, total) = (0L, 0L);
        while (await PageAsync(last, request, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var user in page)
            {
                yield return user;
            }

            (last, total) = (page[^1].Id!.Value, total + page.Count);
            request.Progress?.Invoke(total);
        }
    }

    private async Task<List<UserRecord>> PageAsync(long after, ExportRequest request, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var users = await context.Users.AsNoTracking()
            .Where(user => user.Id > after)
            .OrderBy(user => user.Id)
            .Take(PageSize)
            .Include(user => user.LoginInformation)
            .ToListAsync(cancellationToken);
        var (first, end) = users.Count > 0 ? (users[0].Id, users[^1].Id) : (0, 0);
        var roles = (await (
            from member in context.UserRoles
            join role in context.Roles on member.RoleId equals role.Id
            where member.UserId >= first && member.UserId <= end
            select new { member.UserId, role.Name }).ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => row.Name!);
        var identities = (await context.UserLogins.AsNoTracking()
            .Where(row => row.UserId >= first && row.UserId <= end)
            .OrderBy(row => row.UserId).ThenBy(row => row.LoginProvider)
            .Select(row => new { row.UserId, row.LoginProvider, row.ProviderKey, row.CreatedAt, row.UpdatedAt })
            .ToListAsync(cancellationToken)).ToLookup(
                row => row.UserId, row => new IdentityRecord(row.LoginProvider, row.ProviderKey) { Created = row.CreatedAt, Updated = row.UpdatedAt });
        List<UserRecord> records = [.. users.Select(user => RecordOf(user, [.. roles[user.Id].Order(StringComparer.Ordinal)], [.. identities[user.Id]]))];
        return request.Format is TransferFormat.Csv ? records : await factors.AddAsync(context, records, request.WithSecrets, cancellationToken);
    }

    private UserRecord RecordOf(User user, IReadOnlyList<string> roles, IReadOnlyList<IdentityRecord> identities)
    {
        var preferences = UserPreferences.Read(user.Preferences);
        // What the settings name no longer would be refused where it goes to.
        var profile = schema.Values(user.Profile).Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value);
        return new UserRecord
        {
            Id = user.Id,
            Email = user.Email,
            Username = user.UserName,
            Password = user.PasswordHash,
            ShortPassword = user.HasShortPassword ? true : null,
            Active = user.IsActive,
            ConfirmedAt = user.ConfirmedAt,
            BlockedAt = user.BlockedAt,
            VerifiedAt = user.VerifiedAt,
            Created = user.CreatedAt,
            Updated = user.UpdatedAt,
            Roles = roles.Count > 0 ? roles : null,
            Profile = profile.Count > 0 ? JsonSerializer.SerializeToElement(profile) : null,
            Preferences = new Dictionary<string, string?>
            {
                ["visibility"] = preferences.Visibility,
                ["email_visibility"] = preferences.EmailVisibility,
                ["language"] = preferences.Language,
                ["time_zone"] = preferences.TimeZone,
                ["theme"] = preferences.Theme,
            }.Where(wish => wish.Value is not null).ToDictionary(),
            Identities = identities.Count > 0 ? identities : null,
            PasskeyHandle = user.PasskeyHandle,
            Login = user.LoginInformation is { } login ? new LoginRecord
            {
                LastLoginAt = login.LastLoginAt,
                LastLoginIp = login.LastLoginIp,
                CurrentLoginAt = login.CurrentLoginAt,
                CurrentLoginIp = login.CurrentLoginIp,
                LoginCount = login.LoginCount,
            }
            : null,
        };
    }
}
