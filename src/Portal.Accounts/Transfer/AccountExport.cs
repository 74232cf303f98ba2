using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Users;

namespace Portal.Accounts.Transfer;

/// <summary>Reads every account, page by page, as an import takes it.</summary>
internal sealed class AccountExport(IDbContextFactory<PortalDbContext> contexts, ProfileSchema schema)
{
    private const int PageSize = 1000;

    public async Task<long> WriteAsync(Stream output, TransferFormat format, CancellationToken cancellationToken)
    {
        var users = UsersAsync(cancellationToken);
        if (format is TransferFormat.Csv)
        {
            return await CsvFile.WriteAsync(output, [.. schema.Fields.Select(field => field.Name)], users);
        }

        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            foreach (var role in await context.Roles.AsNoTracking().OrderBy(role => role.Id).ToListAsync(cancellationToken))
            {
                var record = new RoleRecord { Role = role.Name, Description = role.Description, Managed = role.IsManaged ? null : false };
                await JsonLinesFile.WriteAsync(output, record, cancellationToken);
            }

            await foreach (var domain in DomainsOf(context).WithCancellation(cancellationToken))
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

    private static IAsyncEnumerable<DomainRecord> DomainsOf(PortalDbContext context) => (
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
            Flagged = row.domain.IsFlagged ? true : null,
            FlagSource = row.domain.FlagSource,
        });

    private async IAsyncEnumerable<UserRecord> UsersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long last = 0;
        while (await PageAsync(last, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var user in page)
            {
                yield return user;
            }

            last = page[^1].Id!.Value;
        }
    }

    private async Task<List<UserRecord>> PageAsync(long after, CancellationToken cancellationToken)
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
            orderby member.UserId, role.Id
            select new { member.UserId, role.Name }).ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => row.Name!);
        var identities = (await context.UserLogins.AsNoTracking()
            .Where(row => row.UserId >= first && row.UserId <= end)
            .OrderBy(row => row.UserId).ThenBy(row => row.LoginProvider)
            .Select(row => new { row.UserId, row.LoginProvider, row.ProviderKey })
            .ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => new IdentityRecord(row.LoginProvider, row.ProviderKey));
        return [.. users.Select(user => RecordOf(user, [.. roles[user.Id]], [.. identities[user.Id]]))];
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
