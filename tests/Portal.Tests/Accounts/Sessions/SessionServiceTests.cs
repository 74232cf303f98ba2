using System.Security.Claims;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

public sealed class SessionServiceTests : IAsyncLifetime
{
    private const string Edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISessionService Sessions => _host.Get<ISessionService>();

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_list_has_the_asking_session_first_then_the_newest_then_the_ended_ones_latest_first()
    {
        var user = await _host.CreateUserAsync();
        List<HttpClient> browsers = [];
        for (var i = 0; i < 6; i++)
        {
            browsers.Add(await _host.BeginSessionAsync(user, userAgent: i == 1 ? Edge : PortalHost.Firefox));
            _host.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        var ids = await Task.WhenAll(browsers.Select(_host.IdAsync));
        foreach (var ended in new[] { 4, 0 })
        {
            await _host.EndSessionAsync(ids[ended], Token);
            _host.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        var list = await Sessions.ListAsync(await _host.PersonAsync(browsers[2]), Token);

        Assert.Equal([ids[2], ids[5], ids[3], ids[1], ids[0], ids[4]], list.Select(session => session.Id));
        Assert.Equal([ids[2]], list.Where(session => session.IsCurrent).Select(session => session.Id));
        Assert.Equal([ids[0], ids[4]], list.Where(session => session.EndedAt is not null).Select(session => session.Id));
        Assert.All(list.Where(session => session.EndedAt is not null), session => Assert.Equal((SessionEndReason.Administrator, 0), (session.EndReason, session.Tabs)));
        Assert.Equal(("Edge", "Windows"), (list[3].Agent.Browser, list[3].Agent.Os));
    }

    [Fact]
    public async Task Ended_sessions_leave_the_list_after_28_days_and_at_most_200_are_shown()
    {
        var user = await _host.CreateUserAsync();
        using var old = await _host.BeginSessionAsync(user);
        await _host.EndSessionAsync(await _host.IdAsync(old), Token);
        _host.Clock.Advance(TimeSpan.FromDays(28) + TimeSpan.FromSeconds(1));
        await _host.InsertAsync(user, 201, _host.Clock.GetUtcNow() + TimeSpan.FromHours(12), _host.Clock.GetUtcNow() + TimeSpan.FromDays(30));
        await _host.EndUserAsync(user.Id);
        using var browser = await _host.BeginSessionAsync(user);

        var list = await Sessions.ListAsync(await _host.PersonAsync(browser), Token);

        Assert.Equal(201, list.Count);
        Assert.DoesNotContain(list, session => session.EndedAt < _host.Clock.GetUtcNow() - TimeSpan.FromDays(28));
    }

    [Fact]
    [Trait("ASVS", "8.2.2")]
    public async Task People_neither_see_nor_end_the_sessions_of_others()
    {
        using var anas = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        using var bens = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        var ana = await _host.PersonAsync(anas);
        var ben = await _host.IdAsync(bens);

        Assert.Equal(new EndOutcome.NotFound(), await Sessions.EndAsync(ana, ben, Token));
        Assert.Equal(new EndOutcome.Ended(0), await Sessions.EndOthersAsync(ana, Token));
        Assert.DoesNotContain(await Sessions.ListAsync(ana, Token), session => session.Id == ben);
        Assert.True(await bens.IsSignedInAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("' OR 1=1 --")]
    [InlineData("00000000000000000000000000")]
    [InlineData("IIIIIIIIIIIIIIIIIIIIIIIIII")]
    public async Task What_is_no_session_of_theirs_is_simply_not_there(string id)
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        Assert.Equal(new EndOutcome.NotFound(), await Sessions.EndAsync(await _host.PersonAsync(browser), id, Token));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task People_end_one_of_their_sessions_or_all_but_the_one_they_use()
    {
        var user = await _host.CreateUserAsync();
        using var current = await _host.BeginSessionAsync(user);
        using var one = await _host.BeginSessionAsync(user);
        using var two = await _host.BeginSessionAsync(user);
        using var three = await _host.BeginSessionAsync(user);
        var person = await _host.PersonAsync(current);

        Assert.Equal(new EndOutcome.Ended(1), await Sessions.EndAsync(person, await _host.IdAsync(one), Token));
        Assert.Equal(new EndOutcome.NotFound(), await Sessions.EndAsync(person, await _host.IdAsync(one), Token));
        Assert.Equal((false, true, true), (await one.IsSignedInAsync(), await two.IsSignedInAsync(), await three.IsSignedInAsync()));

        Assert.Equal(new EndOutcome.Ended(2), await Sessions.EndOthersAsync(person, Token));
        Assert.Equal((false, false, true), (await two.IsSignedInAsync(), await three.IsSignedInAsync(), await current.IsSignedInAsync()));
        Assert.Equal(("revoked", "everywhere"), ((await _host.RowAsync(await _host.IdAsync(one))).EndReason, (await _host.RowAsync(await _host.IdAsync(two))).EndReason));
        Assert.Equal(user.Id, (await _host.RowAsync(await _host.IdAsync(two))).EndedById);

        Assert.Equal(new EndOutcome.Ended(1), await Sessions.EndAsync(person, await _host.IdAsync(current), Token));
        Assert.Equal("you", (await _host.RowAsync(await _host.IdAsync(current))).EndReason);
    }

    [Fact]
    [Trait("ASVS", "7.5.2")]
    public async Task Others_end_only_by_a_session_that_was_proved_lately_and_itself_always()
    {
        var user = await _host.CreateUserAsync();
        using var current = await _host.BeginSessionAsync(user);
        using var other = await _host.BeginSessionAsync(user);
        var person = await _host.PersonAsync(current);
        _host.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(new EndOutcome.NeedsRecentAuthentication(), await Sessions.EndAsync(person, await _host.IdAsync(other), Token));
        Assert.Equal(new EndOutcome.NeedsRecentAuthentication(), await Sessions.EndOthersAsync(person, Token));
        Assert.True(await other.IsSignedInAsync());

        Assert.Equal(new EndOutcome.Ended(1), await Sessions.EndAsync(person, await _host.IdAsync(current), Token));
    }

    [Fact]
    public async Task The_list_tells_by_which_limit_a_session_ends()
    {
        var user = await _host.CreateUserAsync();
        using var silent = await _host.BeginSessionAsync(user);
        var limit = _host.Clock.GetUtcNow() + TimeSpan.FromHours(12);
        await _host.InsertAsync(user, 1, limit, limit);

        var list = await Sessions.ListAsync(await _host.PersonAsync(silent), Token);

        Assert.Equal([(true, false), (false, true)], list.Select(session => (session.IsCurrent, session.EndsOfAge)));
    }

    [Fact]
    [Trait("ASVS", "8.2.2")]
    public async Task A_session_that_has_ended_sees_and_ends_no_others()
    {
        var user = await _host.CreateUserAsync();
        using var ended = await _host.BeginSessionAsync(user);
        using var other = await _host.BeginSessionAsync(user);
        var person = await _host.PersonAsync(ended);
        await _host.EndSessionAsync(await _host.IdAsync(ended), Token);

        Assert.Empty(await Sessions.ListAsync(person, Token));
        Assert.Equal(new EndOutcome.NotFound(), await Sessions.EndAsync(person, await _host.IdAsync(other), Token));
        Assert.Equal(new EndOutcome.NotFound(), await Sessions.EndOthersAsync(person, Token));
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task Of_two_sessions_that_sign_out_everywhere_else_at_once_one_stays()
    {
        var user = await _host.CreateUserAsync();
        for (var round = 0; round < 10; round++)
        {
            using var one = await _host.BeginSessionAsync(user);
            using var two = await _host.BeginSessionAsync(user);
            ClaimsPrincipal[] people = [await _host.PersonAsync(one), await _host.PersonAsync(two)];
            using var start = new Barrier(2);

            await Task.WhenAll(people.Select(person => Task.Run(() =>
            {
                start.SignalAndWait(Token);
                return Sessions.EndOthersAsync(person, Token);
            }, Token)));

            Assert.Single(await _host.SessionsOfAsync(user, Token));
            await _host.EndUserAsync(user.Id);
        }
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task Of_two_people_who_end_and_sign_in_at_once_exactly_the_right_sessions_live()
    {
        var (ana, bo) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        for (var round = 0; round < 10; round++)
        {
            var anas = await Task.WhenAll(_host.BeginSessionAsync(ana), _host.BeginSessionAsync(ana), _host.BeginSessionAsync(ana));
            var bos = await Task.WhenAll(_host.BeginSessionAsync(bo), _host.BeginSessionAsync(bo), _host.BeginSessionAsync(bo));
            var (hers, his) = (await _host.PersonAsync(anas[0]), await _host.PersonAsync(bos[0]));
            var (one, other) = (await _host.IdAsync(bos[1]), await _host.IdAsync(bos[2]));

            var signingIn = Enumerable.Range(0, 3).Select(_ => Task.Run(() => _host.BeginSessionAsync(bo), Token)).ToList();
            await Task.WhenAll(
                Task.Run(() => Sessions.EndOthersAsync(hers, Token), Token),
                Task.Run(() => Sessions.EndAsync(his, one, Token), Token),
                Task.Run(() => _host.EndSessionAsync(other, Token), Token),
                Task.WhenAll(signingIn));

            HttpClient[] browsers = [.. anas, .. bos, .. signingIn.Select(begun => begun.Result)];
            var live = await Task.WhenAll(browsers.Select(browser => browser.IsSignedInAsync()));
            Assert.Equal([true, false, false, true, false, false, true, true, true], live);
            Assert.Equal((1, 4), ((await _host.SessionsOfAsync(ana, Token)).Count, (await _host.SessionsOfAsync(bo, Token)).Count));
            await Task.WhenAll(_host.EndUserAsync(ana.Id), _host.EndUserAsync(bo.Id));
        }
    }

    [Fact]
    public async Task Nobody_has_no_sessions()
    {
        var nobody = new ClaimsPrincipal(new ClaimsIdentity());

        Assert.Empty(await Sessions.ListAsync(nobody, Token));
        Assert.Equal(new EndOutcome.NotFound(), await Sessions.EndAsync(nobody, new string('0', 26), Token));
        Assert.Equal(new EndOutcome.NotFound(), await Sessions.EndOthersAsync(nobody, Token));
    }
}
