using System.Net;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

public sealed class EndingSessionsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<SessionEndReason> Reasons => [.. Enum.GetValues<SessionEndReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    [Trait("ASVS", "7.4.1")]
    public async Task Whatever_ends_a_session_its_next_request_is_told_why_and_its_neighbours_live_on(SessionEndReason reason)
    {
        var user = await _host.CreateUserAsync();
        using var ended = await _host.BeginSessionAsync(user);
        using var neighbour = await _host.BeginSessionAsync(user);
        using var stranger = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        Assert.True(await ended.IsSignedInAsync());
        var id = await _host.IdAsync(ended);

        Assert.Equal(1, await _host.Get<SessionEnder>().EndAsync(SessionFilter.One(id), new SessionEnd(reason), Token));

        foreach (var path in new[] { "/account/sessions", "/account/sessions?x=1" })
        {
            using var answer = await ended.GetAsync(path, Token);
            Assert.Equal((HttpStatusCode.Redirect, $"/signed-out?reason={reason.ToName()}"), (answer.StatusCode, answer.LeadsTo()));
        }

        var row = await _host.RowAsync(id);
        Assert.Equal((reason.ToName(), null), (row.EndReason, row.Ticket));
        Assert.True(await neighbour.IsSignedInAsync());
        Assert.True(await stranger.IsSignedInAsync());
    }

    [Fact]
    public async Task An_ended_session_ends_once_and_the_first_reason_stays()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        var id = await _host.IdAsync(browser);
        var ender = _host.Get<SessionEnder>();

        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ender.EndAsync(SessionFilter.One(id), new SessionEnd(SessionEndReason.Revoked), Token)));
        await ender.EndAsync(SessionFilter.One(id), new SessionEnd(SessionEndReason.Administrator), Token);

        Assert.Equal(1, counts.Sum());
        Assert.Equal("revoked", (await _host.RowAsync(id)).EndReason);
    }

    [Fact]
    [Trait("ASVS", "7.4.2")]
    public async Task Deactivating_ends_every_session_and_refuses_the_right_password()
    {
        var user = await _host.CreateUserAsync();
        var administrator = await _host.CreateUserAsync(roles: "admin");
        using var bystander = await _host.BeginSessionAsync(administrator);
        HttpClient[] browsers = [await _host.BeginSessionAsync(user), await _host.BeginSessionAsync(user, remember: true), await _host.BeginSessionAsync(user)];
        Assert.All(await Task.WhenAll(browsers.Select(browser => browser.IsSignedInAsync())), Assert.True);

        var outcome = await _host.Get<IUserAdmin>().DeactivateAsync(user.Email, await _host.OperatorAsync(administrator), Token);

        Assert.Equal(3, Assert.IsType<AdminOutcome.Done>(outcome).EndedSessions);
        foreach (var browser in browsers)
        {
            using var answer = await browser.GetAsync("/account/sessions", Token);
            Assert.Equal("/signed-out?reason=deactivated", answer.LeadsTo());
            Assert.Equal(administrator.Id, (await _host.RowAsync(await _host.IdAsync(browser))).EndedById);
        }

        using var fresh = _host.CreateClient("192.0.2.50");
        using var refused = await PortalHost.SignInAsync(fresh, user, cancellationToken: Token);
        Assert.Contains("This account is deactivated.", (await refused.PageAsync()).Alert());
        Assert.True(await bystander.IsSignedInAsync());

        await _host.Get<IUserAdmin>().ActivateAsync(user.Email, Operator.CommandLine, Token);
        await PortalHost.SignInAsync(fresh, user, cancellationToken: Token);
        Assert.True(await fresh.IsSignedInAsync());
        Assert.False(await browsers[0].IsSignedInAsync());
    }

    [Fact]
    public async Task Ends_of_one_user_or_of_everybody_end_exactly_those()
    {
        await using var host = await PortalHost.StartAsync();
        var (ana, ben) = (await host.CreateUserAsync(), await host.CreateUserAsync());
        using var anas = await host.BeginSessionAsync(ana);
        using var anasOther = await host.BeginSessionAsync(ana);
        using var bens = await host.BeginSessionAsync(ben);

        Assert.Equal(2, await host.EndUserAsync(ana.Id));
        Assert.Equal((false, false, true), (await anas.IsSignedInAsync(), await anasOther.IsSignedInAsync(), await bens.IsSignedInAsync()));

        Assert.Equal(1, await host.EndAsync(SessionChoice.Everybodys, Operator.CommandLine));
        Assert.False(await bens.IsSignedInAsync());
        Assert.False(await host.EndSessionAsync("not an id", Token));
        Assert.False(await host.EndSessionAsync(new string('0', 26), Token));
    }

    [Fact]
    public async Task More_sessions_than_one_event_holds_all_end()
    {
        var user = await _host.CreateUserAsync();
        await _host.InsertAsync(user, 520, _host.Clock.GetUtcNow() + TimeSpan.FromHours(12), _host.Clock.GetUtcNow() + TimeSpan.FromDays(30));
        List<int> told = [];
        using (_host.Get<IAccountEvents>().Subscribe(happened =>
        {
            if (happened is AccountEvent.SessionsEnded ended && ended.UserId == user.Id)
            {
                told.Add(ended.SessionIds.Count);
            }
        }))
        {
            Assert.Equal(520, await _host.EndUserAsync(user.Id));
        }

        Assert.Equal([500, 20], told);
        Assert.Empty(await _host.SessionsOfAsync(user, Token));
    }
}
