using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Sessions;

namespace Portal.Tests.Accounts.Administration;

/// <summary>What is kept of each user's roles and sessions, so that a list can be sorted by it, held against a recount.</summary>
public sealed class KeptCountsTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _ana = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IRoleAdmin Roles => _host.Get<IRoleAdmin>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync(options => options.Settings["Sessions:MaximumPerUser"] = "3");
        _ana = await _host.CreateUserAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Sessions_are_counted_whoever_begins_and_ends_them()
    {
        var bo = await _host.CreateUserAsync();
        using var first = await _host.BeginSessionAsync(_ana);
        Assert.Equal(1, await SessionsAsync());
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        // The fourth sends the first away.
        using var second = await _host.BeginSessionAsync(_ana);
        using var third = await _host.BeginSessionAsync(_ana);
        using var fourth = await _host.BeginSessionAsync(_ana);
        Assert.Equal(3, await SessionsAsync());

        await _host.Get<ISessionAdmin>().EndAsync(SessionChoice.These((await _host.SessionIdOfAsync(second, Token))!), Operator.CommandLine, Token);
        Assert.Equal(2, await SessionsAsync());

        using var other = await _host.BeginSessionAsync(bo);
        await EqualARecountAsync();
        await _host.Get<IUserAdmin>().DeactivateAsync(_ana.Email, Operator.CommandLine, Token);
        Assert.Equal(0, await SessionsAsync());

        _host.Clock.Advance(TimeSpan.FromDays(400));
        await _host.Get<ISessionAdmin>().CleanAsync(Operator.CommandLine, Token);
        Assert.Equal(0, await KeptAsync(bo, user => user.LiveSessions));
        await EqualARecountAsync();
    }

    [Fact]
    public async Task Of_an_end_of_several_each_person_is_counted_down_by_theirs()
    {
        var bo = await _host.CreateUserAsync();
        using var first = await _host.BeginSessionAsync(_ana);
        using var second = await _host.BeginSessionAsync(_ana);
        using var stays = await _host.BeginSessionAsync(_ana);
        using var other = await _host.BeginSessionAsync(bo);
        string[] ids = [(await _host.SessionIdOfAsync(first, Token))!, (await _host.SessionIdOfAsync(second, Token))!, (await _host.SessionIdOfAsync(other, Token))!];

        await _host.Get<ISessionAdmin>().EndAsync(SessionChoice.These(ids), Operator.CommandLine, Token);

        Assert.Equal((1, 0), (await SessionsAsync(), await KeptAsync(bo, user => user.LiveSessions)));
        await EqualARecountAsync();
    }

    [Fact]
    public async Task A_browsers_former_session_is_counted_out_whoever_had_it()
    {
        var bo = await _host.CreateUserAsync();
        using var elsewhere = await _host.BeginSessionAsync(bo);
        using var browser = await _host.BeginSessionAsync(bo);
        var former = new ClaimsIdentity([new Claim(SessionClaims.SessionIdType, (await _host.SessionIdOfAsync(browser, Token))!)], SessionSchemes.Current);
        await _host.Get<SessionStore>().BeginAsync(_ana.Id, former: new ClaimsPrincipal(former));

        Assert.Equal((1, 1), (await KeptAsync(bo, user => user.LiveSessions), await SessionsAsync()));
        await EqualARecountAsync();
    }

    [Fact]
    public async Task Acting_as_somebody_is_counted_with_their_sessions_and_goes_with_the_administrators_own()
    {
        var admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        using var own = await _host.BeginSessionAsync(admin);
        var session = (await _host.SessionIdOfAsync(own, Token))!;
        using var theirs = await _host.BeginSessionAsync(_ana);
        await _host.QueryAsync(context => context.Sessions.Where(row => row.UserId == _ana.Id).ExecuteUpdateAsync(
            row => row.SetProperty(found => found.ImpersonatorId, admin.Id).SetProperty(found => found.ImpersonatorSessionId, session), Token));
        Assert.Equal(1, await SessionsAsync());

        await _host.Get<ISessionAdmin>().EndAsync(SessionChoice.These(session), Operator.CommandLine, Token);

        Assert.Equal((0, 0), (await SessionsAsync(), await KeptAsync(admin, user => user.LiveSessions)));
        await EqualARecountAsync();
    }

    [Fact]
    public async Task Roles_are_counted_whoever_gives_and_takes_them()
    {
        await Roles.CreateAsync("curator", null, Operator.CommandLine, Token);
        await Roles.CreateAsync("editor", null, Operator.CommandLine, Token);
        await _host.CreateUserAsync(roles: ["curator", "editor"]);

        await Roles.AddAsync(_ana.Email, "curator", Operator.CommandLine, Token);
        await Roles.AddAsync(_ana.Email, "curator", Operator.CommandLine, Token);
        await Roles.AddAsync(_ana.Email, "editor", Operator.CommandLine, Token);
        Assert.Equal(2, await KeptAsync(_ana, user => user.RoleCount));

        await Roles.RemoveAsync(_ana.Email, "editor", Operator.CommandLine, Token);
        await Roles.RemoveAsync(_ana.Email, "editor", Operator.CommandLine, Token);
        Assert.Equal(1, await KeptAsync(_ana, user => user.RoleCount));

        await Roles.DeleteAsync("curator", Operator.CommandLine, cancellationToken: Token);
        Assert.Equal(0, await KeptAsync(_ana, user => user.RoleCount));
        await EqualARecountAsync();
    }

    private Task<int> SessionsAsync() => KeptAsync(_ana, user => user.LiveSessions);

    private Task<int> KeptAsync(TestUser of, System.Linq.Expressions.Expression<Func<Portal.Accounts.Data.User, int>> count) =>
        _host.QueryAsync(context => context.Users.Where(user => user.Id == of.Id).Select(count).SingleAsync(Token));

    private async Task EqualARecountAsync() => Assert.Empty(await _host.QueryAsync(context => context.Users
        .Where(user => user.RoleCount != context.UserRoles.Count(member => member.UserId == user.Id)
            || user.LiveSessions != context.Sessions.Count(session => session.UserId == user.Id && session.EndedAt == null))
        .Select(user => user.Email)
        .ToListAsync(Token)));
}
