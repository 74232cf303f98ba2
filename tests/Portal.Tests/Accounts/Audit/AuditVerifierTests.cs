using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Testing;

namespace Portal.Tests.Accounts.Audit;

/// <summary>Somebody who can write to the database does; the log says to which row. Every test begins with the same whole log.</summary>
[Trait("ASVS", "16.4.2")]
public sealed class AuditVerifierTests(AuditVerifierTests.WholeLog log) : IClassFixture<AuditVerifierTests.WholeLog>, IAsyncLifetime
{
    private const long Victim = 12;

    private readonly PortalHost _host = log.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _host.SqlAsync($"DELETE FROM AuditEvents");
        await _host.SqlAsync($"INSERT INTO AuditEvents SELECT * FROM WholeLog");
    }

    [Fact]
    public async Task A_whole_log_has_no_fault_and_tells_its_head()
    {
        var found = await _host.VerifyAsync();

        Assert.Empty(found.Faults);
        Assert.Equal((WholeLog.Count, 0), (found.Count, found.Redacted));
        var last = (await _host.AuditRowsAsync())[^1];
        Assert.Equal(new AuditHead(WholeLog.Count, Convert.ToHexStringLower(last.Hash!)), found.Head);
        Assert.True(AuditHead.TryParse($" {found.Head!.ToString().ToUpperInvariant()} ", out var again));
        Assert.Equal(found.Head, again);
    }

    [Theory]
    [InlineData("Id")]
    [InlineData("At")]
    [InlineData("Kind")]
    [InlineData("SubjectId")]
    [InlineData("ActorId")]
    [InlineData("SessionId")]
    [InlineData("Ip")]
    [InlineData("IpSalt")]
    [InlineData("IpDigest")]
    [InlineData("Details")]
    [InlineData("DetailsSalt")]
    [InlineData("DetailsDigest")]
    [InlineData("Position")]
    [InlineData("Hash")]
    public async Task One_altered_byte_in_any_column_is_found_and_its_row_named(string column)
    {
        var altered = await FlipAsync(column, Victim);

        var found = await _host.VerifyAsync();

        Assert.Contains(found.Faults, fault => fault.RowId == altered);
        // Nobody else is blamed, but for the neighbour that now stands behind a gap.
        Assert.All(found.Faults, fault => Assert.True(fault.RowId == altered || (column == "Position" && fault.RowId == Victim + 1), $"{fault}"));
    }

    [Fact]
    public async Task Every_column_is_tried()
    {
        var columns = await _host.QueryAsync(context => Task.FromResult(
            context.Model.FindEntityType(typeof(Portal.Accounts.Data.AuditEvent))!.GetProperties().Select(property => property.Name).Order().ToList()));
        var tried = typeof(AuditVerifierTests).GetMethod(nameof(One_altered_byte_in_any_column_is_found_and_its_row_named))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Select(data => (string)((InlineDataAttribute)data).Data[0]!).Order();

        Assert.Equal(columns, tried);
    }

    [Fact]
    public async Task Every_personal_part_left_half_is_told()
    {
        FormattableString[] halves =
        [
            $"UPDATE AuditEvents SET Ip = NULL WHERE Id = {Victim}",
            $"UPDATE AuditEvents SET IpSalt = NULL WHERE Id = {Victim}",
            $"UPDATE AuditEvents SET Details = NULL WHERE Id = {Victim}",
            $"UPDATE AuditEvents SET DetailsSalt = NULL WHERE Id = {Victim}",
        ];
        foreach (var half in halves)
        {
            await _host.SqlAsync(half);
            Assert.Equal(Victim, Assert.Single((await _host.VerifyAsync()).Faults).RowId);
            await DisposeAsync();
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_the_rest_is_looked_at()
    {
        await _host.SqlAsync($"UPDATE AuditEvents SET At = At + 4611686018427387904 WHERE Id = {Victim}");
        await FlipAsync("Kind", Victim + 5);

        var found = await _host.VerifyAsync();

        Assert.Equal([Victim, Victim + 5], found.Faults.Select(fault => fault.RowId!.Value));
        Assert.Contains("cannot be read", found.Faults[0].What, StringComparison.Ordinal);
        Assert.Equal(WholeLog.Count, found.Count);
    }

    [Fact]
    public async Task A_row_that_is_gone_is_told_with_its_position()
    {
        await _host.SqlAsync($"DELETE FROM AuditEvents WHERE Id = {Victim}");

        var fault = Assert.Single((await _host.VerifyAsync()).Faults);

        Assert.Equal((Victim + 1, Victim + 1), (fault.RowId, fault.Position));
        Assert.Contains("the row of position 12 is missing", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_added_with_a_hash_of_somebodys_own_is_named()
    {
        await _host.SqlAsync($"""
            INSERT INTO AuditEvents (Id, At, Kind, SubjectId, Position, Hash) VALUES (5000, 638000000000000000, 'role-given', 7, {WholeLog.Count + 1}, randomblob(32))
            """);

        Assert.Equal(5000, Assert.Single((await _host.VerifyAsync()).Faults).RowId);
    }

    [Fact]
    public async Task A_second_row_at_one_place_is_named_even_without_the_index()
    {
        await _host.SqlAsync($"DROP INDEX IX_AuditEvents_Position");
        await _host.SqlAsync($"INSERT INTO AuditEvents (Id, At, Kind, Position, Hash) VALUES (5000, 638000000000000000, 'role-given', 3, randomblob(32))");

        Assert.Contains((await _host.VerifyAsync()).Faults, fault => fault is { RowId: 5000, Position: 3 });

        await DisposeAsync();
        await _host.SqlAsync($"CREATE UNIQUE INDEX IX_AuditEvents_Position ON AuditEvents (Position)");
    }

    [Fact]
    public async Task Two_rows_that_changed_places_are_named()
    {
        await _host.SqlAsync($"UPDATE AuditEvents SET Position = -1 WHERE Id = 12");
        await _host.SqlAsync($"UPDATE AuditEvents SET Position = 12 WHERE Id = 13");
        await _host.SqlAsync($"UPDATE AuditEvents SET Position = 13 WHERE Id = 12");

        var named = (await _host.VerifyAsync()).Faults.Select(fault => fault.RowId).ToList();

        Assert.Contains(12, named);
        Assert.Contains(13, named);
    }

    [Fact]
    public async Task Newest_rows_taken_away_show_against_a_head_noted_earlier()
    {
        var noted = (await _host.VerifyAsync()).Head;
        await _host.SqlAsync($"DELETE FROM AuditEvents WHERE Position > {WholeLog.Count - 3}");

        Assert.Empty((await _host.VerifyAsync()).Faults);
        var fault = Assert.Single((await _host.VerifyAsync(noted)).Faults);

        Assert.Equal((null, (long)WholeLog.Count), (fault.RowId, fault.Position));
        Assert.Contains("taken away", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_made_anew_from_the_middle_shows_against_a_head_noted_earlier()
    {
        var noted = (await _host.VerifyAsync()).Head;
        await _host.SqlAsync($"UPDATE AuditEvents SET Position = NULL, Hash = NULL, SubjectId = 99 WHERE Position > 10");

        Assert.Empty((await _host.VerifyAsync()).Faults);
        var fault = Assert.Single((await _host.VerifyAsync(noted)).Faults);

        Assert.Equal((long)WholeLog.Count, fault.RowId);
        Assert.Contains("another when it was noted", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_noted_earlier_is_still_met_when_the_log_has_grown()
    {
        var noted = (await _host.VerifyAsync()).Head;
        await _host.WriteAsync(5);

        var found = await _host.VerifyAsync(noted);

        Assert.Empty(found.Faults);
        Assert.Equal(WholeLog.Count + 5, found.Head!.Position);
    }

    [Fact]
    public async Task Erasing_a_person_leaves_the_chain_whole_and_is_counted()
    {
        await _host.WriteAsync(4, subject: 8);

        var erased = await _host.QueryAsync(context => AuditLog.EraseAsync(context, 8, Token));

        var found = await _host.VerifyAsync();
        Assert.Equal((4, 4L), (erased, found.Redacted));
        Assert.Empty(found.Faults);
        Assert.All((await _host.AuditRowsAsync()).Where(row => row.SubjectId == 8), row =>
            Assert.Equal((null, null, null, null, 8L), (row.Ip, row.IpSalt, row.Details, row.DetailsSalt, row.ActorId)));
        Assert.All((await _host.AuditRowsAsync()).Where(row => row.SubjectId == 7), row => Assert.NotNull(row.Ip));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("12:abc")]
    [InlineData("0:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("-1:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("1:zf86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    public void What_is_no_head_is_not_taken_for_one(string text) => Assert.False(AuditHead.TryParse(text, out _));

    /// <summary>Turns one bit of a column. Returns the row's id afterwards.</summary>
    private Task<long> FlipAsync(string column, long id) => _host.QueryAsync(async context =>
    {
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        await connection.OpenAsync(Token);
        await using var read = connection.CreateCommand();
        read.CommandText = $"SELECT {column} FROM AuditEvents WHERE Id = {id}";
        var value = await read.ExecuteScalarAsync(Token);
        object flipped = value switch
        {
            // High enough to meet no other row.
            long number => number ^ (1L << 20),
            string text => $"{text[..^1]}{(char)(text[^1] ^ 1)}",
            byte[] bytes => Flip(bytes),
            _ => throw new InvalidOperationException($"{column} holds {value}."),
        };
        await using var write = connection.CreateCommand();
        write.CommandText = $"UPDATE AuditEvents SET {column} = $value WHERE Id = {id}";
        write.Parameters.AddWithValue("$value", flipped);
        Assert.Equal(1, await write.ExecuteNonQueryAsync(Token));
        return column == "Id" ? Convert.ToInt64(flipped, CultureInfo.InvariantCulture) : id;
    });

    private static byte[] Flip(byte[] bytes)
    {
        bytes[^1] ^= 1;
        return bytes;
    }

    public sealed class WholeLog : IAsyncLifetime
    {
        public const int Count = 30;

        public PortalHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await PortalHost.StartAsync();
            await Host.WriteAsync(Count);
            await Host.VerifyAsync();
            await Host.SqlAsync($"CREATE TABLE WholeLog AS SELECT * FROM AuditEvents");
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
