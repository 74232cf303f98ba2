using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Testing;

namespace Portal.Tests.Web.Api;

public sealed class AdminUserBatchApiTests : IAsyncLifetime
{
    private const string Address = "/api/admin/users/batch";

    private PortalHost _host = null!;
    private HttpClient _admin = null!;
    private TestUser _ada = null!;
    private TestUser _bob = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _ada = await _host.CreateUserAsync("ada@example.org");
        _bob = await _host.CreateUserAsync("bob@other.example");
        _admin = await AdminAsync(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Who_matches_or_is_named_is_changed_and_it_is_told_what_became_of_them()
    {
        using var browser = await _host.BeginSessionAsync(_ada);

        var matching = await AskAsync(new { action = "deactivate", filter = new { domain = "example.org", state = "active" }, reason = "They moved." });
        var named = await AskAsync(new { action = "deactivate", ids = new[] { _ada.Id, _bob.Id, _ada.Id, 999_999 } });

        Assert.Equal(
            ["batch", "seen", "changed", "already_so", "skipped", "ended", "failed", "failures", "stopped"],
            matching.EnumerateObject().Select(member => member.Name));
        Assert.Equal((2, 1, 1, 1), (Count(matching, "seen"), Count(matching, "changed"), Count(matching, "skipped"), Count(matching, "ended")));
        Assert.Equal((2, 1, 1), (Count(named, "seen"), Count(named, "changed"), Count(named, "already_so")));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task What_it_would_do_is_foretold_and_nothing_is_done()
    {
        using var browser = await _host.BeginSessionAsync(_ada);

        var told = await AskAsync(new { action = "block", all = true, reason = "advertises", dry_run = true });

        Assert.Equal(
            """{"selected":3,"selected_is_exact":true,"changing":2,"changing_is_exact":true,"already_so":0,"refused":0,"sessions":1,"sessions_is_exact":true,"online":0,"spares_own":true,"spares_last_administrator":false}""",
            told.GetRawText());
        Assert.True(await browser.IsSignedInAsync());
        await AskAsync(new { action = "give-role", role = "nosuch", all = true, dry_run = true }, HttpStatusCode.NotFound);
        await AskAsync(new { action = "give-role", role = "nosuch", all = true }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_is_excepted_is_left_alone_and_a_form_says_the_same_as_JSON()
    {
        Assert.IsType<AdminOutcome.Done>(await _host.Get<IRoleAdmin>().CreateAsync("curator", null, Operator.CommandLine, Token));

        using var form = await _admin.PostAsync(Address, Form($"action=give-role&role=curator&filter.second_factor=false&except={_bob.Id}&except=999"), Token);
        var taken = await AskAsync(new { action = "take-role", role = "curator", filter = new { role = "curator" } });

        Assert.Equal(2, Count(await form.ReadAsync(HttpStatusCode.OK), "changed"));
        Assert.Equal(2, Count(taken, "changed"));
    }

    [Fact]
    public async Task For_whom_it_does_not_work_is_listed_with_why()
    {
        var unconfirmed = await _host.CreateUserAsync("new@bad.example", isConfirmed: false);
        Assert.IsType<AdminOutcome.Done>(await _host.Get<IDomainAdmin>().SetAsync("bad.example", "blocked", Operator.CommandLine, Token));

        var done = await AskAsync(new { action = "confirm-email", all = true });

        var failure = Assert.Single(done.GetProperty("failures").EnumerateArray());
        Assert.Equal((1, unconfirmed.Id), (Count(done, "failed"), failure.GetProperty("id").GetInt64()));
        Assert.Contains("domain is blocked", failure.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"action": "deactivate"}""", "filter")]
    [InlineData("""{"action": "deactivate", "ids": [1], "filter": {"state": "active"}}""", "filter")]
    [InlineData("""{"action": "deactivate", "ids": [1], "all": true}""", "filter")]
    [InlineData("""{"action": "deactivate", "filter": {}}""", "filter")]
    [InlineData("""{"action": "deactivate", "filter": {"state": null}}""", "filter")]
    [InlineData("""{"action": "deactivate", "filter": {"stat": "active", "domain": "other.example"}}""", "filter.stat")]
    [InlineData("""{"action": "deactivate", "filter": {"state": "sleeping", "domain": "other.example"}}""", "filter.state")]
    [InlineData("""{"action": "deactivate", "filter": {"verified": false, "domain": "other.example"}}""", "filter.verified")]
    [InlineData("""{"action": "deactivate", "filter": {"role": "", "domain": "other.example"}}""", "filter.role")]
    [InlineData("""{"action": "deactivate", "filter": {"second_factor": "", "domain": "other.example"}}""", "filter.second_factor")]
    [InlineData("""{"action": "deactivate", "ids": []}""", "ids")]
    [InlineData("""{"action": "deactivate", "ids": [1], "except": [2]}""", "except")]
    [InlineData("""{"action": "deactivate", "role": "admin", "filter": {"state": "active"}}""", "role")]
    [InlineData("""{"action": "give-role", "all": true}""", "role")]
    [InlineData("""{"action": "delete", "all": true}""", "action")]
    [InlineData("""{"all": true}""", "action")]
    [InlineData("""{"action": "block", "all": true}""", "reason")]
    [InlineData("""{"action": "block", "all": true, "dry_run": true}""", "reason")]
    [InlineData("""{"action": "deactivate", "all": true, "dry_run": ""}""", "dry_run")]
    [InlineData("""{"action": "deactivate", "all": true, "dryrun": true}""", "dryrun")]
    public async Task Whom_and_what_it_means_is_said_in_one_way_or_nobody_is_changed(string body, string field)
    {
        using var browser = await _host.BeginSessionAsync(_bob);

        using var refused = await _admin.PostAsync(Address, new StringContent(body, Encoding.UTF8, "application/json"), Token);

        Assert.Equal([field], await refused.ReadFieldsAsync());
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "8.2.1")]
    public async Task Nobody_else_may_and_what_takes_something_needs_a_recent_proof()
    {
        using var browser = await _host.BeginSessionAsync(_ada);
        await ApiHost.SendTokenAsync(browser);

        using var plain = await browser.PostAsJsonAsync(Address, new { action = "deactivate", all = true, dry_run = true }, Token);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        var refused = await AskAsync(new { action = "deactivate", all = true }, HttpStatusCode.Forbidden);

        Assert.Equal(HttpStatusCode.Forbidden, plain.StatusCode);
        Assert.Contains("/api/confirm-password", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Hanging_up_stops_it()
    {
        var bulk = new WaitingBulk();
        await using var host = await PortalHost.StartAsync(options => options.ConfigureServices = services => services.AddSingleton<IUserBulk>(bulk));
        using var admin = await AdminAsync(host);
        using var hangUp = new CancellationTokenSource();

        var asked = admin.PostAsJsonAsync(Address, new { action = "deactivate", all = true }, hangUp.Token);
        await bulk.Began.Task.WaitAsync(Token);
        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await bulk.Stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    private static async Task<HttpClient> AdminAsync(PortalHost host)
    {
        var admin = await host.BeginSessionAsync(await host.CreateUserAsync("admin@example.org", roles: RoleNames.Administrator));
        await ApiHost.SendTokenAsync(admin);
        return admin;
    }

    private static StringContent Form(string fields) => new(fields, Encoding.UTF8, "application/x-www-form-urlencoded");

    private static int Count(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    private async Task<JsonElement> AskAsync(object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await _admin.PostAsJsonAsync(Address, body, Token);
        return await answer.ReadAsync(expected);
    }

    /// <summary>Goes on until it is stopped.</summary>
    private sealed class WaitingBulk : IUserBulk
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<BulkPreview> PreviewAsync(BulkRequest request, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task<BulkOutcome> RunAsync(BulkRequest request, Operator by, IProgress<BulkProgress>? progress, CancellationToken stop)
        {
            Began.SetResult();
            await using var heard = stop.Register(Stopped.SetResult);
            await Stopped.Task;
            return new BulkOutcome.Finished { Batch = "0", Seen = 1, Changed = 1, AlreadySo = 0, Skipped = 0, EndedSessions = 0, Failed = 0, Failures = [], IsStopped = true };
        }
    }
}
