using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Portal.Accounts.Audit;
using Portal.Testing;

namespace Portal.Tests.Accounts.Audit;

public sealed class AuditExportTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("ASVS", "16.4.3")]
    [Trait("ASVS", "16.2.4")]
    public async Task An_export_can_be_checked_elsewhere_by_what_the_README_says()
    {
        await _host.WriteAsync(1500);
        await _host.WriteAsync(3, subject: 8);
        await _host.QueryAsync(context => AuditLog.EraseAsync(context, 8, Token));

        var lines = await ExportAsync();

        Assert.Equal(1503, lines.Count);
        var previous = new byte[32];
        foreach (var line in lines)
        {
            previous = HashAsDocumented(previous, line);
            Assert.Equal(Convert.ToHexStringLower(previous), line.GetProperty("hash").GetString());
            foreach (var part in new[] { "ip", "details" })
            {
                if (line.GetProperty(part) is { ValueKind: not JsonValueKind.Null } text)
                {
                    var salted = Bytes(line, $"{part}_salt")!.Concat(Encoding.UTF8.GetBytes(part == "ip" ? text.GetString()! : text.GetRawText()));
                    Assert.Equal(SHA256.HashData(salted.ToArray()), Bytes(line, $"{part}_digest"));
                }
            }
        }

        var head = (await _host.VerifyAsync()).Head!;
        Assert.Equal(head.Hash, Convert.ToHexStringLower(previous));
    }

    [Fact]
    public async Task A_filter_lets_through_what_it_says()
    {
        await _host.WriteAsync(2, subject: 101);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var between = _host.Clock.GetUtcNow();
        await _host.WriteAsync(3, subject: 102);
        await _host.WriteAsync(1, subject: 104, kind: AuditKind.RoleGiven);

        Assert.Equal([1, 2], await PositionsAsync(new AuditFilter { SubjectId = 101 }));
        Assert.Equal([1, 2], await PositionsAsync(new AuditFilter { To = between }));
        Assert.Equal([3, 4, 5, 6], await PositionsAsync(new AuditFilter { From = between }));
        Assert.Equal([6], await PositionsAsync(new AuditFilter { Kinds = [AuditKind.RoleGiven] }));
        Assert.Equal([6], await PositionsAsync(new AuditFilter { SubjectId = 104, From = between, To = between.AddMinutes(1), Kinds = [AuditKind.RoleGiven] }));
        Assert.Empty(await PositionsAsync(new AuditFilter { SubjectId = 103 }));
    }

    [Fact]
    public async Task A_line_stays_one_line_whatever_was_written_into_the_table()
    {
        await _host.WriteAsync(3);
        foreach (var details in new[] { "{\n\"a\": 1}", "not json", "[1]" })
        {
            await _host.SqlAsync($"UPDATE AuditEvents SET Details = {details} WHERE Id = 2");
            Assert.Equal(details, (await ExportAsync())[1].GetProperty("details").GetString());
        }
    }

    [Fact]
    public async Task Nothing_exports_to_nothing() => Assert.Empty(await ExportAsync());

    private async Task<IEnumerable<long>> PositionsAsync(AuditFilter filter) => (await ExportAsync(filter)).Select(line => line.GetProperty("position").GetInt64());

    private async Task<IReadOnlyList<JsonElement>> ExportAsync(AuditFilter? filter = null)
    {
        using var output = new MemoryStream();
        var total = await _host.Get<IAuditAdmin>().ExportAsync(output, filter, cancellationToken: Token);
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n')[..^1].Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(total, lines.Count);
        return lines;
    }

    /// <summary>Written after the README alone, with nothing of the code that makes the hashes.</summary>
    private static byte[] HashAsDocumented(byte[] previous, JsonElement line)
    {
        using var bytes = new MemoryStream();
        bytes.Write(previous);
        Number(line.GetProperty("position").GetInt64());
        Number(line.GetProperty("id").GetInt64());
        Number(line.GetProperty("at").GetDateTimeOffset().UtcTicks);
        Field(Encoding.UTF8.GetBytes(line.GetProperty("kind").GetString()!));
        Number(line.GetProperty("subject") is { ValueKind: JsonValueKind.Number } subject ? subject.GetInt64() : null);
        Number(line.GetProperty("actor") is { ValueKind: JsonValueKind.Number } actor ? actor.GetInt64() : null);
        Field(line.GetProperty("session").GetString() is { } session ? Encoding.UTF8.GetBytes(session) : null);
        Field(Bytes(line, "ip_digest"));
        Field(Bytes(line, "details_digest"));
        return SHA256.HashData(bytes.ToArray());

        void Number(long? value)
        {
            var eight = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(eight, value ?? 0);
            Field(value is null ? null : eight);
        }

        void Field(byte[]? value)
        {
            bytes.Write(value is null ? [0xFF, 0xFF, 0xFF, 0xFF] : [0, 0, (byte)(value.Length >> 8), (byte)value.Length]);
            bytes.Write(value ?? []);
        }
    }

    private static byte[]? Bytes(JsonElement line, string name) => line.GetProperty(name).GetString() is { } hex ? Convert.FromHexString(hex) : null;
}
