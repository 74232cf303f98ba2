using System.Security.Claims;
using Portal.Accounts.Activity;
using Portal.Accounts.Audit;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;

namespace Portal.Tests.Accounts.Activity;

public sealed partial class ActivityServiceTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IActivityService Activity => _host.Get<IActivityService>();

    [Fact]
    public void Every_kind_belongs_to_a_group_and_every_group_has_kinds()
    {
        Assert.All(Enum.GetValues<AuditKind>(), kind => Assert.Contains(kind, ActivityGroups.KindsOf(ActivityGroups.Of(kind))));
        Assert.All(Enum.GetValues<ActivityGroup>(), group =>
        {
            Assert.NotEmpty(ActivityGroups.KindsOf(group));
            Assert.Equal(group, ActivityGroups.FromName(group.ToName()));
        });
        Assert.Null(ActivityGroups.FromName("RolesAndStatus"));
    }

    [Fact]
    public async Task What_they_did_tells_from_where_and_whether_in_this_session()
    {
        var user = await _host.CreateUserAsync();
        using var other = await _host.BeginSessionAsync(user, address: "198.51.100.40");
        using var browser = await _host.BeginSessionAsync(user, address: "198.51.100.41");

        var events = await ListAsync(browser);

        Assert.Equal([AuditKind.SignedIn, AuditKind.SignedIn, AuditKind.AccountCreated], events.Select(happened => happened.Kind!.Value));
        Assert.Equal((true, true, "198.51.100.41", "Firefox", "Linux"), (events[0].IsByYou, events[0].IsCurrentSession, events[0].Ip, events[0].Browser, events[0].Os));
        Assert.Equal((false, await _host.IdAsync(other)), (events[1].IsCurrentSession, events[1].SessionId));
        Assert.Equal(["method"], events[0].Details.Keys);
        Assert.Equal((false, false), (events[2].IsByYou, events[2].IsByAnother));
    }

    [Fact]
    [Trait("ASVS", "8.2.2")]
    public async Task Other_peoples_events_are_neither_listed_nor_reported()
    {
        var (ana, ben) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        using var anas = await _host.BeginSessionAsync(ana);
        using var bens = await _host.BeginSessionAsync(ben);
        var bensSignIn = (await ListAsync(bens))[0];

        Assert.DoesNotContain(await ListAsync(anas), happened => happened.Id == bensSignIn.Id);
        Assert.Equal(NotMeOutcome.NotFound, await Activity.ReportAsync(await _host.PersonAsync(anas), bensSignIn.Id, Token));
        Assert.True(await bens.IsSignedInAsync());
    }

    [Fact]
    public async Task What_an_administrator_did_says_nothing_of_where_they_are()
    {
        var (admin, user) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        using var desk = await _host.BeginSessionAsync(admin, address: "203.0.113.77");
        using var browser = await _host.BeginSessionAsync(user);
        var desksId = await _host.IdAsync(desk);
        await _host.QueryAsync(async context =>
        {
            await _host.Get<AuditLog>().AddAsync(context, new AuditEntry(AuditKind.RoleGiven, user.Id)
            {
                ActorId = admin.Id,
                SessionId = desksId,
                Details = new Dictionary<string, object?> { ["role"] = "curator" },
            }, Token);
            return await context.SaveChangesAsync(Token);
        });

        var given = (await ListAsync(browser))[0];

        Assert.Equal((true, false, null, null, null, null), (given.IsByAnother, given.IsByYou, given.Ip, given.SessionId, given.Browser, given.Os));
        Assert.Equal(["role"], given.Details.Keys);
        Assert.Equal("203.0.113.77", (await _host.AuditRowsAsync())[^1].Ip);
    }

    [Fact]
    public async Task An_ended_session_and_a_stranger_see_nothing()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        var person = await _host.PersonAsync(browser);
        var id = (await Activity.ListAsync(person, cancellationToken: Token)).Results[0].Id;
        await _host.EndSessionAsync(person.SessionId()!, Token);

        Assert.Empty((await Activity.ListAsync(person, cancellationToken: Token)).Results);
        Assert.Empty((await Activity.ListAsync(new ClaimsPrincipal(), cancellationToken: Token)).Results);
        Assert.Equal(NotMeOutcome.NotFound, await Activity.ReportAsync(person, id, Token));
    }

    [Fact]
    public async Task Pages_are_cut_at_the_size_and_filtered_by_kind()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        for (var i = 0; i < 3; i++)
        {
            (await _host.BeginSessionAsync(user)).Dispose();
        }

        var person = await _host.PersonAsync(browser);
        var first = await Activity.ListAsync(person, ActivityGroups.KindsOf(ActivityGroup.SignIns), size: 3, cancellationToken: Token);
        var second = await Activity.ListAsync(person, ActivityGroups.KindsOf(ActivityGroup.SignIns), first.Next, 3, Token);

        Assert.Equal((3, first.Results[^1].Id), (first.Results.Count, first.Next));
        Assert.Equal((1, null), (second.Results.Count, second.Next));
        Assert.Empty((await Activity.ListAsync(person, [], cancellationToken: Token)).Results);
    }

    [Fact]
    public async Task A_failed_sign_in_is_a_hint_to_the_accounts_open_pages()
    {
        var user = await _host.CreateUserAsync();
        List<AccountEvent> told = [];
        using (_host.Get<IAccountEvents>().Subscribe(told.Add))
        {
            await PortalHost.SignInAsync(_host.CreateClient("198.51.100.44"), user, password: "not the password at all", cancellationToken: Token);
        }

        Assert.Contains(new AccountEvent.SignInFailed(user.Id), told);
    }

    [Fact]
    public async Task Details_that_somebody_spoiled_leave_the_list_readable()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        await host.SqlAsync($"UPDATE AuditEvents SET Details = 'spoiled', Kind = 'from-the-future'");

        var events = (await host.Get<IActivityService>().ListAsync(await host.PersonAsync(browser), cancellationToken: Token)).Results;

        Assert.All(events, happened => Assert.Equal(("from-the-future", null, 0), (happened.KindName, happened.Kind, happened.Details.Count)));
    }

    private async Task<IReadOnlyList<ActivityInfo>> ListAsync(HttpClient browser) =>
        (await Activity.ListAsync(await _host.PersonAsync(browser), cancellationToken: Token)).Results;
}
