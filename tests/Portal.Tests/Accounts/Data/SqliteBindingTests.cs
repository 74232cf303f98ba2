using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.Data;

/// <summary>Rows that are written past the change tracker hold what it would have written.</summary>
public sealed class SqliteBindingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "€", 0)]
    [InlineData("a", "€", 0)]
    [InlineData("", "a", 256)]
    [InlineData("", "a", 257)]
    [InlineData("", "€", 255)]
    [InlineData("", "€", 256)]
    [InlineData("", "€", 257)]
    [InlineData("", "😀", 128)]
    [InlineData("a", "😀", 128)]
    [InlineData("", "x", 20_000)]
    public async Task A_text_is_stored_whole_however_long(string beginning, string sign, int times)
    {
        var text = beginning + string.Concat(Enumerable.Repeat(sign, times));
        await using var host = await PortalHost.StartAsync();
        await using var context = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
        var written = Person(7, text);

        await WriteAsync(context, [written]);

        var read = await context.Users.AsNoTracking().SingleAsync(user => user.Id == 7, Token);
        Assert.Equal(text, read.PhoneNumber);
    }

    [Fact]
    public async Task A_row_is_the_one_that_the_change_tracker_writes()
    {
        await using var host = await PortalHost.StartAsync();
        await using var context = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
        var confirmed = new DateTimeOffset(2031, 2, 3, 4, 5, 6, 7, TimeSpan.FromHours(2));
        var (tracked, bound) = (Person(7, "text"), Person(7, "text"));
        bound.ConcurrencyStamp = tracked.ConcurrencyStamp;
        foreach (var user in (User[])[tracked, bound])
        {
            user.ConfirmedAt = confirmed;
            user.Profile = """{"full_name":"Grace Hopper"}""";
            user.AccessFailedCount = 3;
            user.TwoFactorEnabled = true;
        }

        await WriteAsync(context, [bound]);
        var asBound = await StoredAsync(context);
        await context.Users.ExecuteDeleteAsync(Token);
        context.Users.Add(tracked);
        await context.SaveChangesAsync(Token);

        Assert.Equal(await StoredAsync(context), asBound);
        Assert.Contains("BlockedAt: null null", asBound);
        Assert.Contains(FormattableString.Invariant($"ConfirmedAt: integer {confirmed.UtcTicks}"), asBound);
    }

    [Fact]
    public async Task Every_table_that_is_written_so_has_values_of_a_kind_that_can_be_bound()
    {
        await using var host = await PortalHost.StartAsync();
        await using var context = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);

        Assert.All(
            context.Model.GetEntityTypes().Where(type => !type.IsOwned() && type.GetTableName() is not null && type.GetNavigations().All(navigation => !navigation.TargetEntityType.IsOwned())),
            type => Assert.NotNull(SqliteBinding.Of(type)));
    }

    private static User Person(long id, string text) => new()
    {
        Id = id,
        Email = "grace@example.org",
        NormalizedEmail = "GRACE@EXAMPLE.ORG",
        Domain = "example.org",
        PhoneNumber = text,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private static async Task WriteAsync(PortalDbContext context, IReadOnlyCollection<User> users)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(Token);
        await context.WriteAsync(users, Token);
        await transaction.CommitAsync(Token);
    }

    /// <summary>What the one user's row stores in each column, and as what.</summary>
    private static async Task<List<string>> StoredAsync(PortalDbContext context)
    {
        List<string> stored = [];
        foreach (var name in StoredColumns.Of(context.Model.FindEntityType(typeof(User))!).Names)
        {
            var statement = $"""SELECT '{name}: ' || typeof("{name}") || ' ' || COALESCE("{name}", 'null') AS "Value" FROM "Users" """;
            stored.AddRange(await context.Database.SqlQueryRaw<string>(statement).ToListAsync(Token));
        }

        return stored;
    }
}
