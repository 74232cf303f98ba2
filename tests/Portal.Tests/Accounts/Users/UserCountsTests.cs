using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Users;
using Portal.Testing;

namespace Portal.Tests.Accounts.Users;

/// <summary>The numbers that the database keeps, against a recount, after changes of every kind that the code makes.</summary>
public sealed class UserCountsTests : IAsyncLifetime
{
    private static readonly string?[] Domains = ["example.org", "example.com", "mail.example.org", null];

    private PortalHost host = null!;

    public async ValueTask InitializeAsync() => host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task They_are_those_of_a_recount_after_any_series_of_changes(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 150; step++)
        {
            await host.QueryAsync(context => ChangeAsync(context, random, step));
            if (step % 10 == 9)
            {
                await AssertRightAsync();
            }
        }
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_counts_nothing()
    {
        await host.QueryAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Users.Add(Person(1, "example.org", new Random(1)));
            await context.SaveChangesAsync();
            return true;
        });
        Assert.Empty(await host.QueryAsync(context => context.UserCounts.ToListAsync()));
    }

    [Fact]
    public async Task Totals_add_up_over_all_domains_and_by_domain()
    {
        await host.CreateUserAsync("one@example.org");
        await host.CreateUserAsync("two@example.org", isActive: false);
        await host.CreateUserAsync("three@example.com", isConfirmed: false);

        Assert.Equal(new UserCountInfo(3, 2, 1, 2, 1, 0, 0), await host.QueryAsync(context => UserCounts.TotalsAsync(context, default)));
        var byDomain = await host.QueryAsync(context => UserCounts.OfDomainsAsync(context, ["example.org", "example.net"], default));
        Assert.Equal(("example.org", new UserCountInfo(2, 1, 1, 2, 0, 0, 0)), Assert.Single(byDomain.Select(pair => (pair.Key, pair.Value))));
    }

    private static async Task<bool> ChangeAsync(PortalDbContext context, Random random, int step)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        var ids = await context.Users.Select(user => user.Id).ToListAsync();
        var id = ids.Count > 0 ? ids[random.Next(ids.Count)] : 0;
        var (domain, now) = (Domains[random.Next(Domains.Length)], DateTimeOffset.UnixEpoch.AddDays(step));
        switch (random.Next(10))
        {
            case 0 or 1 or 2:
                context.Users.AddRange(Enumerable.Range(0, random.Next(1, 6)).Select(i => Person((step * 10) + i, domain, random)));
                break;
            case 3 when id > 0:
                context.Remove(await context.Users.SingleAsync(user => user.Id == id));
                break;
            case 4 when id > 0:
                var changed = await context.Users.SingleAsync(user => user.Id == id);
                (changed.Domain, changed.IsActive, changed.ConfirmedAt) = (domain, random.Next(2) == 0, changed.ConfirmedAt is null ? now : null);
                break;
            case 5:
                await context.Users.Where(user => user.Domain == domain).ExecuteUpdateAsync(row => row
                    .SetProperty(user => user.IsActive, false)
                    .SetProperty(user => user.BlockedAt, now)
                    .SetProperty(user => user.VerifiedAt, (DateTimeOffset?)null));
                break;
            case 6:
                await context.Users.Where(user => user.Id % 3 == 0).ExecuteUpdateAsync(row => row.SetProperty(user => user.Domain, domain).SetProperty(user => user.VerifiedAt, now));
                break;
            case 7:
                await context.Users.Where(user => user.Id == id || user.Id == id + 2).ExecuteDeleteAsync();
                break;
            case 8:
                await context.Users.Where(user => user.Id % 2 == 0).ExecuteUpdateAsync(row => row.SetProperty(user => user.TwoFactorEnabled, user => !user.TwoFactorEnabled));
                break;
            default:
                await context.Users.TakeAsync(id, default);
                break;
        }

        await context.SaveChangesAsync();
        if (random.Next(8) > 0)
        {
            await transaction.CommitAsync();
        }

        return true;
    }

    private static User Person(int number, string? domain, Random random) => new()
    {
        Email = $"person{number}@{domain}",
        NormalizedEmail = $"PERSON{number}@{domain}",
        NormalizedUserName = $"PERSON{number}",
        Domain = domain,
        IsActive = random.Next(2) == 0,
        ConfirmedAt = random.Next(2) == 0 ? DateTimeOffset.UnixEpoch : null,
        VerifiedAt = random.Next(2) == 0 ? DateTimeOffset.UnixEpoch : null,
        BlockedAt = random.Next(3) == 0 ? DateTimeOffset.UnixEpoch : null,
        TwoFactorEnabled = random.Next(2) == 0,
    };

    private async Task AssertRightAsync()
    {
        var kept = await host.QueryAsync(context => context.UserCounts.ToListAsync());
        var users = await host.QueryAsync(context => context.Users.AsNoTracking().ToListAsync());
        Assert.Equal(
            users.GroupBy(user => (user.Domain ?? "", user.IsActive, user.ConfirmedAt is not null, user.VerifiedAt is not null, user.BlockedAt is not null, user.TwoFactorEnabled))
                .Select(group => (group.Key, (long)group.Count()))
                .Order(),
            kept.Select(row => ((row.Domain, row.IsActive, row.IsConfirmed, row.IsVerified, row.IsBlocked, row.HasSecondFactor), row.Count)).Order());
    }
}
