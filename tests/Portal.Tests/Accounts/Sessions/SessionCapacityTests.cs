using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

[Trait("ASVS", "7.1.2")]
public sealed class SessionCapacityTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await StartAsync(WhenFull.EndOldest);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_sign_in_too_many_ends_the_session_not_seen_for_longest_and_tells_it_why()
    {
        var user = await _host.CreateUserAsync();
        using var seen = await _host.BeginSessionAsync(user);
        _host.Clock.Advance(TimeSpan.FromMinutes(5));
        using var forgotten = await _host.BeginSessionAsync(user);
        _host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await seen.IsSignedInAsync());
        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        using var neighbour = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        using var newest = await _host.BeginSessionAsync(user);

        Assert.Equal("replaced", (await _host.RowAsync(await _host.IdAsync(forgotten))).EndReason);
        Assert.False(await forgotten.IsSignedInAsync());
        Assert.True(await seen.IsSignedInAsync());
        Assert.True(await newest.IsSignedInAsync());
        Assert.True(await neighbour.IsSignedInAsync());
        using var answer = await forgotten.GetAsync("/account/sessions", Token);
        Assert.EndsWith("/signed-out?reason=replaced", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_past_its_limit_and_who_acts_as_the_person_take_no_place()
    {
        var user = await _host.CreateUserAsync();
        using var idle = await _host.BeginSessionAsync(user);
        _host.Clock.Advance(TimeSpan.FromHours(13));
        using var one = await _host.BeginSessionAsync(user);

        using var two = await _host.BeginSessionAsync(user);

        Assert.True(await one.IsSignedInAsync());
        Assert.True(await two.IsSignedInAsync());
    }

    [Fact]
    public async Task The_browsers_former_session_makes_room_for_its_new_one()
    {
        var user = await _host.CreateUserAsync();
        using var other = await _host.BeginSessionAsync(user);
        using var browser = _host.CreateClient();
        var form = (await PortalHost.OpenFormAsync(browser, "/login", "sign-in", Token)).With("Input.Login", user.Email).With("Input.Password", user.Password);
        using var first = await browser.PostAsync("/login", form.ToContent(), Token);
        Assert.True(await browser.IsSignedInAsync());
        var former = await _host.IdAsync(browser);

        var again = (await PortalHost.OpenFormAsync(browser, "/signed-out", "/logout", Token))
            .With("_handler", "sign-in").With("Input.Login", user.Email).With("Input.Password", user.Password);
        using var second = await browser.PostAsync("/login", again.ToContent(), Token);

        Assert.NotEqual(former, await _host.IdAsync(browser));
        Assert.True(await other.IsSignedInAsync());
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Of_many_sign_ins_at_once_only_so_many_sessions_live()
    {
        var user = await _host.CreateUserAsync();

        var browsers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _host.BeginSessionAsync(user)));

        Assert.Equal(2, (await _host.SessionsOfAsync(user, Token)).Count);
        Array.ForEach(browsers, browser => browser.Dispose());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_no_session_ends_by_itself_the_person_chooses_one_after_proving_everything(bool hasFactor)
    {
        await using var host = await StartAsync(WhenFull.Refuse);
        var user = await host.CreateUserAsync();
        var app = hasFactor ? (await host.AddSecondFactorAsync(user)).App : null;
        using var chosen = await host.BeginSessionAsync(user);
        using var kept = await host.BeginSessionAsync(user);
        using var newcomer = host.CreateClient();
        using var stranger = host.CreateClient();

        using var asked = await PortalHost.SignInAsync(newcomer, user, cancellationToken: Token);
        if (app is not null)
        {
            Assert.Equal("/login/two-factor", LedTo(asked));
            // Before the code is right nobody is told of the sessions.
            using var early = await newcomer.GetAsync("/login/too-many-sessions", Token);
            Assert.StartsWith("/login?", LedTo(early), StringComparison.Ordinal);
            using var coded = await PortalHost.GiveCodeAsync(newcomer, app.CodeAt(_host.Clock.GetUtcNow()), cancellationToken: Token);
            Assert.Equal("/login/too-many-sessions", LedTo(coded));
        }
        else
        {
            Assert.Equal("/login/too-many-sessions", LedTo(asked));
        }

        Assert.False(await newcomer.IsSignedInAsync());
        var chosenId = await host.IdAsync(chosen);
        using var done = await PortalHost.PostFormAsync(newcomer, "/login/too-many-sessions", "too-many-sessions", [new("Input.Session", chosenId)], Token);

        Assert.Equal("/account", LedTo(done));
        Assert.True(await newcomer.IsSignedInAsync());
        Assert.Equal("replaced", (await host.RowAsync(chosenId)).EndReason);
        Assert.False(await chosen.IsSignedInAsync());
        Assert.True(await kept.IsSignedInAsync());
        if (app is not null)
        {
            // The code was spent with that session.
            await host.EndSessionAsync(await host.IdAsync(kept), Token);
            using var again = await PortalHost.SignInAsync(stranger, user, cancellationToken: Token);
            using var coded = await PortalHost.GiveCodeAsync(stranger, app.CodeAt(_host.Clock.GetUtcNow()), cancellationToken: Token);
            Assert.False(await stranger.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task Who_has_more_than_a_limit_that_was_lowered_chooses_one_and_gets_in()
    {
        await using var host = await StartAsync(WhenFull.EndOldest, "5");
        var user = await host.CreateUserAsync();
        var browsers = new List<HttpClient>();
        for (var count = 0; count < 4; count++)
        {
            browsers.Add(await host.BeginSessionAsync(user));
            _host.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        await using var tighter = await StartAsync(WhenFull.Refuse, "2", host.DataDirectory);
        using var newcomer = tighter.CreateClient();
        using var asked = await PortalHost.SignInAsync(newcomer, user, cancellationToken: Token);
        Assert.Equal("/login/too-many-sessions", LedTo(asked));
        using var done = await PortalHost.PostFormAsync(
            newcomer, "/login/too-many-sessions", "too-many-sessions", [new("Input.Session", await host.IdAsync(browsers[3]))], Token);

        Assert.True(await newcomer.IsSignedInAsync());
        // The chosen one, and of the others those not seen for longest.
        Assert.Equal(
            ["replaced", "replaced", null, "replaced"],
            await Task.WhenAll(browsers.Select(async browser => (await tighter.RowAsync(await host.IdAsync(browser))).EndReason)));
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task Nobody_ends_a_neighbours_session_by_that()
    {
        await using var host = await StartAsync(WhenFull.Refuse);
        var user = await host.CreateUserAsync();
        using var one = await host.BeginSessionAsync(user);
        using var two = await host.BeginSessionAsync(user);
        using var neighbour = await host.BeginSessionAsync(await host.CreateUserAsync());
        using var newcomer = host.CreateClient();
        using var asked = await PortalHost.SignInAsync(newcomer, user, cancellationToken: Token);

        using var answer = await PortalHost.PostFormAsync(
            newcomer, "/login/too-many-sessions", "too-many-sessions", [new("Input.Session", await host.IdAsync(neighbour))], Token);

        Assert.Contains("Choose once more", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.True(await neighbour.IsSignedInAsync());
        Assert.True(await one.IsSignedInAsync());
        Assert.False(await newcomer.IsSignedInAsync());
    }

    [Fact]
    public async Task The_page_is_nobodys_who_was_not_sent_there_and_a_new_password_closes_it()
    {
        await using var host = await StartAsync(WhenFull.Refuse);
        var user = await host.CreateUserAsync();
        using var one = await host.BeginSessionAsync(user);
        using var two = await host.BeginSessionAsync(user);
        using var stranger = host.CreateClient();
        using var newcomer = host.CreateClient();
        using var asked = await PortalHost.SignInAsync(newcomer, user, cancellationToken: Token);

        using var turned = await stranger.GetAsync("/login/too-many-sessions", Token);
        Assert.StartsWith("/login?", LedTo(turned), StringComparison.Ordinal);
        await host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.PasswordHash, "another"), Token));
        using var late = await newcomer.GetAsync("/login/too-many-sessions", Token);
        Assert.StartsWith("/login?", LedTo(late), StringComparison.Ordinal);
    }

    private static string? LedTo(HttpResponseMessage answer) => answer.Headers.Location is { } location ? new Uri(new Uri("http://localhost"), location).PathAndQuery : null;

    private Task<PortalHost> StartAsync(WhenFull whenFull, string most = "2", string? dataDirectory = null) => PortalHost.StartAsync(options =>
    {
        (options.Clock, options.DataDirectory) = (_host?.Clock, dataDirectory);
        options.Settings["Sessions:MaximumPerUser"] = most;
        options.Settings["Sessions:WhenFull"] = whenFull.ToString();
    });
}
