using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;
using Portal.Tests.Accounts.Sessions;
using Portal.Tests.House;

namespace Portal.Tests.Accounts.Data;

public sealed class AddressSweeperTests
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "14.2.7")]
    public void Every_column_that_holds_an_address_has_a_rule()
    {
        using var services = ModelServices.Of(DatabaseProvider.Sqlite);
        using var context = services.Context();
        var addresses = context.Model.GetEntityTypes()
            .SelectMany(type => type.GetProperties().Where(property => property.Name.EndsWith("Ip", StringComparison.Ordinal)).Select(property => (type.ClrType, property.Name)))
            .ToHashSet();

        Assert.NotEmpty(addresses);
        Assert.Equal(addresses, AddressSweeper.Columns);
    }

    [Fact]
    [Trait("ASVS", "14.2.7")]
    public async Task After_the_retention_no_table_holds_an_address_and_not_a_moment_before()
    {
        await using var host = await StartAsync();
        var user = await host.CreateUserAsync();
        await PortalHost.SignInAsync(host.CreateClient("198.51.100.7"), user, cancellationToken: Token);
        await host.WriteAsync(1, ip: "198.51.100.8");
        Assert.Equal(AddressSweeper.Columns.Count + 1, await CountAsync(host));

        host.Clock.Advance(Retention);
        Assert.Equal(0, await host.Get<AddressSweeper>().SweepAsync(Token));
        Assert.Equal(AddressSweeper.Columns.Count + 1, await CountAsync(host));

        host.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(AddressSweeper.Columns.Count + 1, await host.Get<AddressSweeper>().SweepAsync(Token));
        Assert.Equal(0, await CountAsync(host));
        Assert.All(await host.AuditRowsAsync(), row => Assert.Null(row.IpSalt));
        Assert.Empty((await host.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task What_is_younger_stays_and_more_than_a_batch_goes()
    {
        await using var host = await StartAsync();
        var user = await host.CreateUserAsync();
        await host.WriteAsync(1100);
        await host.InsertAsync(user, 1100, host.Clock.GetUtcNow(), host.Clock.GetUtcNow());
        await host.QueryAsync(context => context.Sessions.ExecuteUpdateAsync(set => set.SetProperty(row => row.Ip, "192.0.2.1"), Token));
        host.Clock.Advance(Retention + TimeSpan.FromHours(1));
        await PortalHost.SignInAsync(host.CreateClient("198.51.100.7"), user, cancellationToken: Token);

        Assert.Equal(2200, await host.Get<AddressSweeper>().SweepAsync(Token));

        // The session, its two moments in the login information, and its event.
        Assert.Equal(4, await CountAsync(host));
        Assert.Equal(0, await host.Get<AddressSweeper>().SweepAsync(Token));
    }

    [Fact]
    public async Task A_later_sweep_takes_what_came_of_age_since()
    {
        await using var host = await StartAsync();
        for (var day = 0; day < 3; day++)
        {
            await host.WriteAsync(2);
            host.Clock.Advance(TimeSpan.FromDays(1));
        }

        host.Clock.Advance(Retention - TimeSpan.FromDays(3));
        List<int> swept = [];
        for (var day = 0; day < 4; day++)
        {
            host.Clock.Advance(TimeSpan.FromTicks(1));
            swept.Add(await host.Get<AddressSweeper>().SweepAsync(Token));
            host.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        }

        Assert.Equal([2, 2, 2, 0], swept);
    }

    [Fact]
    public async Task The_setting_decides_how_long()
    {
        await using var host = await StartAsync(options => options.Settings["Accounts:IpRetention"] = "2.00:00:00");
        await host.WriteAsync(1);
        host.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromTicks(1));

        await host.Get<AddressSweeper>().SweepAsync(Token);

        Assert.Null(Assert.Single(await host.AuditRowsAsync()).Ip);
    }

    private static Task<PortalHost> StartAsync(Action<PortalHostOptions>? configure = null) => PortalHost.StartAsync(options =>
    {
        // A jump of the clock would wake both.
        options.ConfigureServices = services => services.RemoveHosted(typeof(AddressSweeper), typeof(SessionSweeper));
        configure?.Invoke(options);
    });

    /// <summary>How many addresses all tables together hold, asked of the model so that none is forgotten.</summary>
    private static Task<int> CountAsync(PortalHost host) => host.QueryAsync(async context =>
    {
        var total = 0;
        foreach (var type in context.Model.GetEntityTypes())
        {
            foreach (var property in type.GetProperties().Where(property => property.Name.EndsWith("Ip", StringComparison.Ordinal)))
            {
                await using var command = context.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"SELECT COUNT(*) FROM {type.GetTableName()} WHERE {property.GetColumnName()} IS NOT NULL";
                await context.Database.OpenConnectionAsync(Token);
                total += (int)(long)(await command.ExecuteScalarAsync(Token))!;
            }
        }

        return total;
    });
}
