using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.Data;

/// <summary>Rows that are written past the change tracker hold what it would have written.</summary>
public sealed class SqliteBindingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a", 0)]
    [InlineData("a", 1)]
    [InlineData("€", 171)]
    [InlineData("😀", 129)]
    [InlineData("x", 20_000)]
    public async Task A_text_is_stored_whole_however_long(string sign, int times)
    {
        var text = string.Concat(Enumerable.Repeat(sign, times));
        await using var host = await PortalHost.StartAsync();
        await using var context = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
        var written = Person(7, text);

        await WriteAsync(context, [written]);

        var read = await context.Users.AsNoTracking().SingleAsync(user => user.Id == 7, Token);
        Assert.Equal(text, read.PhoneNumber);
    }

    [Fact]
    public async Task Each_of_many_rows_has_its_own_whatever_the_one_before_had()
    {
        string?[] texts = ["one", null, "", null, "two", "two"];
        long[] counts = [0, 3, 3, 0, 1, 0];
        List<User> MakeMany() => [.. Enumerable.Range(0, 100).Select(number =>
        {
            var user = Person(number + 1, "");
            (user.Email, user.NormalizedEmail, user.ConcurrencyStamp, user.SecurityStamp) = ($"{number}@example.org", $"{number}@EXAMPLE.ORG", "stamp", null);
            user.PhoneNumber = texts[number % texts.Length];
            user.AccessFailedCount = (int)counts[number % counts.Length];
            user.ConfirmedAt = number % 3 is 0 ? null : DateTimeOffset.UnixEpoch.AddDays(number / 20);
            user.IsActive = number % 5 is 0;
            return user;
        })];

        await StoredByBothAsync(MakeMany);
    }

    [Fact]
    public async Task One_that_clashes_fails_and_leaves_nothing_of_its_transaction()
    {
        await using var host = await PortalHost.StartAsync();
        await using var context = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
        List<User> people = [.. Enumerable.Range(1, 20).Select(number => Person(number, ""))];
        people.ForEach(user => user.NormalizedEmail = user.Id == 13 ? "7" : $"{user.Id}");

        var failed = await Assert.ThrowsAsync<SqliteException>(() => WriteAsync(context, people));

        Assert.True(context.IsUniqueViolation(failed));
        Assert.Empty(await context.Users.ToListAsync(Token));
        Assert.Empty(await context.UserCounts.ToListAsync(Token));
    }

    [Fact]
    public async Task A_row_is_the_one_that_the_change_tracker_writes()
    {
        var confirmed = new DateTimeOffset(2031, 2, 3, 4, 5, 6, 7, TimeSpan.FromHours(2));

        var stored = await StoredByBothAsync(() =>
        {
            var user = Person(7, "text");
            user.ConcurrencyStamp = "stamp";
            user.ConfirmedAt = confirmed;
            user.Profile = """{"full_name":"Grace Hopper"}""";
            user.AccessFailedCount = 3;
            user.TwoFactorEnabled = true;
            return user;
        });

        Assert.Contains("BlockedAt: null null", stored);
        Assert.Contains(FormattableString.Invariant($"ConfirmedAt: integer {confirmed.UtcTicks}"), stored);
    }

    [Fact]
    public async Task So_is_one_with_a_choice_and_a_number_that_may_be_missing()
    {
        var stored = await StoredByBothAsync(() => new EmailDomain
        {
            Id = 7,
            Name = "blocked.example",
            TopLevel = "example",
            Status = EmailDomainStatus.Blocked,
            FlagSource = "somebody",
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        });

        Assert.Contains("CategoryId: null null", stored);
    }

    [Fact]
    public async Task So_is_one_with_bytes()
    {
        var stored = await StoredByBothAsync(() => new OneTimeToken
        {
            Id = 7,
            TokenHash = [1, 2, 0, 255],
            Purpose = OneTimeTokenPurpose.ResetPassword,
            CreatedAt = DateTimeOffset.UnixEpoch,
            ExpiresAt = DateTimeOffset.UnixEpoch,
            UsedAt = DateTimeOffset.MaxValue,
        });

        Assert.Contains("TokenHash: blob 010200FF", stored);
    }

    [Fact]
    public async Task Another_dialect_is_given_the_same()
    {
        await using var host = await PortalHost.StartAsync();
        await using var context = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
        var columns = StoredColumns.Of(context.Model.FindEntityType(typeof(EmailDomain))!);
        var row = new EmailDomain { Name = "blocked.example", TopLevel = "example", Status = EmailDomainStatus.Blocked, IsFlagged = true, CreatedAt = DateTimeOffset.UnixEpoch };

        var values = columns.Names.Zip(columns.ValuesOf(row)).ToDictionary();

        Assert.Equal("blocked.example", values["Name"]);
        Assert.Equal(DateTimeOffset.UnixEpoch.UtcTicks, values["CreatedAt"]);
        Assert.Equal(DBNull.Value, values["CategoryId"]);
        Assert.Equal(true, values["IsFlagged"]);
        Assert.All(values.Values.Zip(columns.Types), stored => Assert.True(stored.First is DBNull || stored.First.GetType() == stored.Second, $"{stored.First} is no {stored.Second}."));
    }

    [Fact]
    public async Task Every_table_that_is_written_so_has_values_of_a_kind_that_can_be_bound()
    {
        await using var host = await PortalHost.StartAsync();
        await using var context = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);

        var plain = context.Model.GetEntityTypes().Where(type => type.GetTableName() is not null && !type.IsOwned() && type.GetNavigations().All(navigation => !navigation.TargetEntityType.IsOwned()));

        Assert.All(plain, type => Assert.Null(Record.Exception(() => SqliteBinding.Of(type))));
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

    private static async Task WriteAsync<T>(PortalDbContext context, IReadOnlyCollection<T> rows)
        where T : class
    {
        await using var transaction = await context.Database.BeginTransactionAsync(Token);
        await context.WriteAsync(rows, Token);
        await transaction.CommitAsync(Token);
    }

    /// <summary>What a row stores in each column, and as what: the same past the change tracker and by it.</summary>
    private static Task<List<string>> StoredByBothAsync<T>(Func<T> make)
        where T : class => StoredByBothAsync(() => new List<T> { make() });

    private static async Task<List<string>> StoredByBothAsync<T>(Func<List<T>> make)
        where T : class
    {
        await using var host = await PortalHost.StartAsync();
        await using var context = await host.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
        await WriteAsync(context, make());
        var bound = await StoredAsync<T>(context);
        await context.Set<T>().ExecuteDeleteAsync(Token);
        context.AddRange(make());
        await context.SaveChangesAsync(Token);

        Assert.NotEmpty(bound);
        Assert.Equal(await StoredAsync<T>(context), bound);
        return bound;
    }

    private static async Task<List<string>> StoredAsync<T>(PortalDbContext context)
    {
        var columns = StoredColumns.Of(context.Model.FindEntityType(typeof(T))!);
        List<string> stored = [];
        foreach (var name in columns.Names)
        {
            var statement = $"""
                SELECT '{name}: ' || typeof("{name}") || ' ' || COALESCE(CASE typeof("{name}") WHEN 'blob' THEN hex("{name}") ELSE "{name}" END, 'null') AS "Value" FROM "{columns.Table}" ORDER BY "Id"
                """;
            stored.AddRange(await context.Database.SqlQueryRaw<string>(statement).ToListAsync(Token));
        }

        return stored;
    }
}
