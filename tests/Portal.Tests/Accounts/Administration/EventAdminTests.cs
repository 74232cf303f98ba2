using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

public sealed class EventAdminTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _admin = null!;
    private TestUser _user = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEventAdmin Events => _host.Get<IEventAdmin>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _admin = await _host.CreateUserAsync("admin@example.org", roles: RoleNames.Administrator);
        _user = await _host.CreateUserAsync("person@example.org");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Events_are_narrowed_by_kind_person_actor_time_and_address()
    {
        var start = _host.Clock.GetUtcNow();
        var first = await AddAsync("signed-in", _user.Id, _user.Id, ip: "192.0.2.1");
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var second = await AddAsync("deactivated", _user.Id, _admin.Id, ip: "192.0.2.2");
        var third = await AddAsync("domain-changed", null, _admin.Id);

        Assert.Equal([first], await IdsAsync(new AuditFilter { Kinds = [AuditKind.SignedIn] }));
        Assert.Equal([second, first], await IdsAsync(new AuditFilter { SubjectId = _user.Id, Kinds = [AuditKind.SignedIn, AuditKind.Deactivated] }));
        Assert.Equal([third, second], await IdsAsync(new AuditFilter { ActorId = _admin.Id }));
        Assert.Equal([third, second], await IdsAsync(new AuditFilter { From = start.AddMinutes(1) }));
        Assert.Contains(first, await IdsAsync(new AuditFilter { To = start.AddMinutes(1) }));
        Assert.Equal([second], await IdsAsync(new AuditFilter { Address = "192.0.2.2" }));

        var page = await Events.ListAsync(new AuditFilter(), new ListWindow { Size = 2 }, Token);
        Assert.Equal([third, second], page.Results.Select(happened => happened.Id));
        Assert.Equal(first, (await Events.ListAsync(new AuditFilter(), new ListWindow { Size = 1, After = page.Next }, Token)).Results.Single().Id);
        Assert.Equal((new EventPersonInfo(_user.Id, _user.Email), new EventPersonInfo(_admin.Id, _admin.Email)), (page.Results[1].Subject, page.Results[1].Actor));
    }

    [Fact]
    public async Task Somebody_who_is_gone_is_known_by_number()
    {
        await AddAsync("account-deleted", 4711, 4711);

        Assert.Equal(new EventPersonInfo(4711, null), await Events.FindPersonAsync("4711", Token));
        Assert.Equal(new EventPersonInfo(_user.Id, _user.Email), await Events.FindPersonAsync("PERSON@example.org", Token));
        Assert.Null(await Events.FindPersonAsync("nobody", Token));
        Assert.Equal(new EventPersonInfo(4711, null), (await Events.ListAsync(new AuditFilter { SubjectId = 4711 }, cancellationToken: Token)).Results.Single().Subject);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tcmd")]
    [InlineData("\rcmd")]
    public async Task No_cell_of_the_csv_is_a_formula_to_a_spreadsheet(string browser)
    {
        await AddAsync("signed-in", _user.Id, _user.Id, details: JsonSerializer.Serialize(new { browser }));

        var row = Assert.Single(await CsvAsync(new AuditFilter { Kinds = [AuditKind.SignedIn] }));

        Assert.Equal("'" + browser, row["browser"]);
        Assert.Equal(_user.Email, row["subject_email"]);
    }

    [Fact]
    public async Task More_events_than_one_piece_come_whole_and_in_order_in_both_forms()
    {
        await _host.QueryAsync(async context =>
        {
            context.AuditEvents.AddRange(Enumerable.Range(0, 1203).Select(i => new AuditEvent { At = _host.Clock.GetUtcNow(), Kind = "signed-out", SubjectId = _user.Id, Details = $$"""{"n":{{i}}}""" }));
            return await context.SaveChangesAsync(Token);
        });
        var filter = new AuditFilter { Kinds = [AuditKind.SignedOut] };

        var lines = (await ExportAsync(filter, EventExportFormat.JsonLines)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 1203), lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("details").GetProperty("n").GetInt32()));
        Assert.Equal(1203, (await CsvAsync(filter)).Count);
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task An_export_needs_an_administrator_with_a_recent_proof_and_is_an_event_itself()
    {
        var by = await _host.OperatorAsync(_admin);
        Assert.IsType<EventExportOutcome.Ready>(await Events.ExportAsync(new AuditFilter { SubjectId = _user.Id }, EventExportFormat.Csv, by, Token));
        var noted = await _host.QueryAsync(context => context.AuditEvents.SingleAsync(row => row.Kind == "data-exported", Token));
        Assert.Equal((null, _admin.Id), (noted.SubjectId, noted.ActorId!.Value));
        Assert.Contains($"\"subject\":{_user.Id}", noted.Details, StringComparison.Ordinal);

        var plain = await Events.ExportAsync(new AuditFilter(), EventExportFormat.Csv, await _host.OperatorAsync(_user), Token);
        Assert.IsType<AdminOutcome.NotAllowed>(Assert.IsType<EventExportOutcome.Refused>(plain).Why);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        var stale = await Events.ExportAsync(new AuditFilter(), EventExportFormat.Csv, by, Token);
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(Assert.IsType<EventExportOutcome.Refused>(stale).Why);
    }

    private async Task<IReadOnlyList<IDictionary<string, object>>> CsvAsync(AuditFilter filter)
    {
        using var csv = new CsvReader(new StringReader(await ExportAsync(filter, EventExportFormat.Csv)), CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<dynamic>().Select(row => (IDictionary<string, object>)row)];
    }

    private async Task<string> ExportAsync(AuditFilter filter, EventExportFormat format)
    {
        var ready = Assert.IsType<EventExportOutcome.Ready>(await Events.ExportAsync(filter, format, Operator.CommandLine, Token));
        using var file = new MemoryStream();
        await ready.WriteAsync(file, Token);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private async Task<IEnumerable<long>> IdsAsync(AuditFilter filter) =>
        (await Events.ListAsync(filter, new ListWindow { Size = 100 }, Token)).Results.Select(happened => happened.Id);

    private Task<long> AddAsync(string kind, long? subject, long? actor, string? ip = null, string? details = null) => _host.QueryAsync(async context =>
    {
        var row = new AuditEvent { At = _host.Clock.GetUtcNow(), Kind = kind, SubjectId = subject, ActorId = actor, Ip = ip, Details = details };
        context.AuditEvents.Add(row);
        await context.SaveChangesAsync(Token);
        return row.Id;
    });
}
